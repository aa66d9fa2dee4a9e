import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Place } from '../shell/places.ts';
import { usePlaces } from '../shell/use-places.ts';
import { useCommand } from './use-command.ts';

/** Every place of the navigation can be gone to by the palette, and by `g` and its letter. Draws nothing. */
export function PlaceCommands() {
  return usePlaces().map((place) => <PlaceCommand key={place.path} place={place} />);
}

function PlaceCommand({ place }: { place: Place }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { path, word, Icon, goKey } = place;
  useCommand({
    id: `go ${path}`,
    words: t(word),
    keys: goKey === undefined ? undefined : `g ${goKey}`,
    Icon,
    isPlace: true,
    run: () => navigate(path),
  });
  return null;
}
