import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { GS } from '../../shared/scan/group-separator.ts';
import { readScan } from '../../shared/scan/read-scan.ts';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import type { ScannerProfile } from '../../shared/scan/scanner-profile.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { aiWord } from './ai-word.ts';
import styles from './scanner.module.css';

const FIRST_PRINTED = ' '.charCodeAt(0);

/** What a scanned text says, in words. */
export function ScanReading({ frame, profile }: { frame: ScanFrame; profile: ScannerProfile }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const context = readScan(frame.text, profile, frame.at);
  const { symbology, gtin, lot, serial, expiresOn, quantity, sscc, location } = context;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('scanner.fact.code'), <strong key="code">{context.code}</strong>],
    [t('scanner.fact.gtin'), gtin],
    [t('scanner.fact.lot'), lot],
    [t('scanner.fact.serial'), serial],
    [t('scanner.fact.expiresOn'), expiresOn === null ? null : formats.day(expiresOn)],
    [t('scanner.fact.quantity'), quantity === null ? null : formats.number(quantity)],
    [t('scanner.fact.sscc'), sscc],
    [t('scanner.fact.location'), location],
    [t('scanner.fact.symbology'), symbology],
    [t('scanner.fact.raw'), visible(frame.raw)],
  ];
  return (
    <div className={styles['reading']}>
      <dl data-testid="scan-facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {context.elements.length > 0 && (
        <>
          <h3>{t('scanner.elements')}</h3>
          <ul className={styles['elements']}>
            {context.elements.map(({ ai, value }, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- an identifier may come twice
              <li key={`${at} ${ai}`}>
                <code>({ai})</code>
                <span className="quiet">{t(`scanner.ai.${aiWord(ai)}`)}</span>
                <span>{value}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {context.problems.map((problem) => (
        <p key={problem} className={styles['problem']}>
          <IconAlertTriangle aria-hidden size={20} />
          {t(`scan.problem.${problem}`, { code: context.code })}
        </p>
      ))}
    </div>
  );
}

/** Control characters by their numbers, the separator by its name: few fonts have pictures of them. */
function visible(text: string): string {
  return Array.from(text, (character) => {
    if (character === GS) return ' <GS> ';
    const point = character.charCodeAt(0);
    return point < FIRST_PRINTED ? ` <${point.toString(16).padStart(2, '0')}> ` : character;
  }).join('');
}
