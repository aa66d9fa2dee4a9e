import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AttentionItem } from './attention.ts';
import { useAttention } from './use-attention.ts';
import styles from './home.module.css';

const ORDER: readonly AttentionItem['tone'][] = ['bad', 'warn', 'plain'];

/** What waits for a person, the most urgent first. */
export function AttentionList() {
  const { t } = useTranslation();
  const items = useAttention().toSorted((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone));
  return (
    <section className={styles['card']} aria-labelledby="home-attention">
      <h2 id="home-attention">{t('home.attention')}</h2>
      {items.length === 0 ? (
        <p className={styles['calm']}>
          <IconCircleCheck aria-hidden size={24} />
          <span>
            <strong>{t('home.calm')}</strong> {t('home.calmHint')}
          </span>
        </p>
      ) : (
        <ul className={styles['items']}>
          {items.map(({ id, tone, words, path, Icon }) => (
            <li key={id}>
              <Link href={path} className={styles['item'] ?? ''} data-tone={tone}>
                <Icon aria-hidden size={24} />
                <span>{words}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
