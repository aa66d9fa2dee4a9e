import { Autocomplete, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../commands/use-command.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useEnvironment } from '../environment.ts';
import { ExpiredWarning, isExpired } from '../stock/lot-fields.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import type { TallySession } from '../tally/use-tally.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { GOODS_ICONS, type GoodsKind } from './goods-kinds.ts';
import type { Posted } from './posted-note.tsx';
import styles from './goods.module.css';

const REASON_LENGTH_MAX = 500;
const USUAL = {
  receive: ['delivery', 'customerReturn', 'found'],
  issue: ['order', 'production', 'sample'],
  move: ['restocking', 'consolidation'],
} as const satisfies Record<GoodsKind, readonly string[]>;

interface PostGoodsProps {
  session: TallySession;
  kind: GoodsKind;
  delivery: { code: string } | undefined;
  onPosted: (posted: Posted, locationId: string | null) => void;
}

/** Says why, and makes movements of what was scanned. Expired goods that would be issued are said first. */
export function PostGoods({ session, kind, delivery, onPosted }: PostGoodsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { now } = useEnvironment();
  const [reason, setReason] = useState('');
  const { tally } = session;
  const post = useMutation({
    mutationFn: () => session.post({ reason: reason.trim() || null }),
    onSuccess: ({ operationIds, pieces }) => {
      const words = t(`goods.posted.${kind}`, {
        count: pieces,
        formatted: formats.number(pieces),
        from: tally.locationCode ?? '–',
        to: tally.toLocationCode ?? '–',
      });
      onPosted({ words, operationIds }, tally.locationId);
    },
  });
  const isReady = tally.pieces > 0 && (kind !== 'move' || tally.toLocationId !== null);
  const submit = (): void => {
    if (isReady && !post.isPending) post.mutate();
  };
  const Icon = GOODS_ICONS[kind];
  useCommand({
    id: 'postGoods',
    words: t(`goods.post.${kind}`),
    keys: '$mod+Enter',
    Icon,
    run: submit,
    isEnabled: () => isReady,
  });
  const expired = tally.items.find(
    ({ expiresOn, quantity }) => expiresOn !== null && quantity > 0 && isExpired(expiresOn, now()),
  );
  return (
    <div className={styles['post']}>
      {kind === 'issue' && expired && <ExpiredWarning expiresOn={expired.expiresOn} />}
      {post.error && <ErrorWords error={wireErrorOf(post.error)} />}
      {!delivery && (
        <Autocomplete
          size="md"
          label={t('stock.reasonOptional')}
          data={USUAL[kind].map((usual) => t(`stock.usual.${usual}`))}
          maxLength={REASON_LENGTH_MAX}
          comboboxProps={{ shadow: 'md', portalProps: { target: '#content' } }}
          value={reason}
          onChange={setReason}
        />
      )}
      <Button
        leftSection={<Icon aria-hidden size={20} />}
        aria-disabled={!isReady || post.isPending || undefined}
        onClick={submit}
      >
        {t(`goods.post.${kind}`)}
      </Button>
      {tally.pieces > 0 && kind === 'move' && tally.toLocationId === null && (
        <p className="quiet">{t('goods.scanTo')}</p>
      )}
    </div>
  );
}
