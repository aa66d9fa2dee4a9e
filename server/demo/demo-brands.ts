import type { DemoLanguage } from './product-family.ts';

export interface DemoBrand {
  /** Part of the SKU. */
  code: string;
  name: string;
  /** What its product names are written in. */
  language: DemoLanguage;
}

/** All invented. */
const NAMES: Readonly<Record<DemoLanguage, readonly (readonly [code: string, name: string])[]>> = {
  en: [
    ['HAR', 'Harrowmoor'],
    ['BRI', 'Brightfell'],
    ['CAS', 'Castlewick'],
    ['FAI', 'Fairhythe'],
    ['RID', 'Ridgemark'],
    ['OAK', 'Oakmarsh'],
    ['PEN', 'Pennvale'],
    ['STO', 'Stonelark'],
    ['KES', 'Kestrelby'],
    ['LAR', 'Larkmoor'],
    ['MIL', 'Millreach'],
    ['THO', 'Thornwick'],
    ['WES', 'Westerfold'],
    ['ELM', 'Elmshore'],
    ['GRA', 'Grantley Vale'],
  ],
  de: [
    ['BRU', 'Brunnhauser'],
    ['FAL', 'Falkenrieth'],
    ['GRU', 'Grünackerhof'],
    ['HAL', 'Hallersteiner'],
    ['KAL', 'Kaltenbrücker'],
    ['LIN', 'Lindenwerker'],
    ['MOO', 'Moosbrunner'],
    ['NOR', 'Nordmühlen'],
    ['RAB', 'Rabenfelser'],
    ['STE', 'Steinbachtaler'],
    ['TAN', 'Tannhofer'],
    ['ULM', 'Ulmenwerk'],
    ['WAC', 'Wachtelberger'],
    ['WEI', 'Weidenauer'],
    ['ZIE', 'Ziegelhof'],
  ],
  es: [
    ['ALM', 'Almarena'],
    ['BSL', 'Brisaluz'],
    ['CAM', 'Campolindera'],
    ['DUN', 'Dunasol'],
    ['ENC', 'Encinar Alto'],
    ['FUE', 'Fuentevera'],
    ['GIR', 'Girasaleda'],
    ['HER', 'Herrajes Montecal'],
    ['ISL', 'Isla Parda'],
    ['JAR', 'Jarallana'],
    ['LUM', 'Lumbrería'],
    ['NIE', 'Nieblasur'],
    ['OLI', 'Olivarana'],
    ['PIN', 'Pinoverdal'],
    ['RIO', 'Riovegano'],
  ],
  ru: [
    ['SEV', 'Севергорье'],
    ['LUG', 'Лугоречье'],
    ['YAS', 'Ясномир'],
    ['KED', 'Кедровинка'],
    ['OZE', 'Озерница'],
    ['SVE', 'Светлоярка'],
    ['TAY', 'Таёжный Двор'],
    ['MOR', 'Морозовеж'],
    ['RYA', 'Рябинница'],
    ['KAM', 'Камнеградский'],
    ['BER', 'Берёзкино'],
    ['VOL', 'Волговар'],
    ['ZAR', 'Заречинка'],
    ['URA', 'Уралинка'],
    ['ZAV', 'Заволжанин'],
  ],
};

export const DEMO_BRANDS: readonly DemoBrand[] = Object.entries(NAMES).flatMap(
  ([language, brands]) =>
    brands.map(([code, name]) => ({ code, name, language: language as DemoLanguage })),
);
