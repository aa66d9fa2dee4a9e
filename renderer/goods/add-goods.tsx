import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductDetail } from '../../shared/desktop/catalogue-views.ts';
import type { StockView } from '../../shared/desktop/stock-views.ts';
import { ReferencePicker } from '../records/reference-picker.tsx';
import { AmountFields } from '../stock/amount-fields.tsx';
import { type DraftProblem, enteredSerials } from '../stock/movement-draft.ts';
import { useMovementForm } from '../stock/use-movement-form.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import type { TallySession } from '../tally/use-tally.ts';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import type { GoodsKind } from './goods-kinds.ts';
import styles from './goods.module.css';

/** Goods without a scanner: by name or code, then how many, in pieces or packs. */
export function AddGoods({ session, kind }: { session: TallySession; kind: GoodsKind }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [productId, setProductId] = useState<string | null>(null);
  const id = productId ?? '';
  const isChosen = { enabled: productId !== null };
  const { data: product } = useQuery({
    ...trpc.catalogue.product.queryOptions({ id }),
    ...isChosen,
  });
  const { data: stock } = useQuery({
    ...trpc.stock.ofProduct.queryOptions({ productId: id }),
    ...isChosen,
  });
  return (
    <div className={styles['add']}>
      <ReferencePicker
        entity="product"
        siteId={null}
        label={t('goods.addProduct')}
        error={undefined}
        clearable
        leavesScans
        value={productId}
        onChange={setProductId}
      />
      {productId !== null && product && stock && (
        <AddForm
          key={productId}
          session={session}
          kind={kind}
          product={product}
          stock={stock}
          onAdded={() => setProductId(null)}
        />
      )}
    </div>
  );
}

interface AddFormProps {
  session: TallySession;
  kind: GoodsKind;
  product: ProductDetail;
  stock: StockView;
  onAdded: () => void;
}

function AddForm({ session, kind, product, stock, onAdded }: AddFormProps) {
  const { t } = useTranslation();
  const { tally } = session;
  const goods = { tracking: product.tracking, tracksExpiry: product.tracksExpiry, stock };
  const { draft, change, problems, check } = useMovementForm({
    kind: kind === 'move' ? 'issue' : kind,
    productId: product.id,
    goods,
    place: placeOf(session),
    onRecorded: onAdded,
  });
  const [error, setError] = useState<unknown>(null);
  const words = (problem: DraftProblem | undefined): string | undefined =>
    problem && t(`stock.problem.${problem}`);
  const add = async (): Promise<void> => {
    const { lot, expiresOn } = draft;
    const key = { productId: product.id, locationId: tally.locationId, expiresOn };
    if (product.tracking === 'serial') {
      for (const serial of enteredSerials(draft)) {
        await session.type({ ...key, lot: '', serial, quantity: 1 });
      }
      return;
    }
    const own = product.tracking === 'lot' ? lot.trim() : '';
    const before = tally.items.find(
      (line) =>
        line.productId === product.id && line.locationId === tally.locationId && line.lot === own,
    );
    const quantity = (before?.quantity ?? 0) + (draft.quantity ?? 0);
    await session.type({ ...key, lot: own, serial: '', quantity });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (check()) add().then(onAdded, setError);
  };
  return (
    <form className={styles['addForm']} noValidate onSubmit={submit}>
      <AmountFields
        draft={draft}
        goods={goods}
        product={product}
        onChange={change}
        errors={{
          lot: words(problems.lot),
          expiry: words(problems.expiry),
          quantity: words(problems.quantity),
        }}
      />
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      <Button type="submit" variant="light" leftSection={<IconPlus aria-hidden size={18} />}>
        {t('goods.add')}
      </Button>
    </form>
  );
}

/** The place that the tally is at, as forms know places. */
function placeOf({ tally: { locationId, locationCode, siteId } }: TallySession) {
  if (locationId === null) return null;
  const rest = { siteId, siteCode: '', name: null, blocked: false };
  return { id: locationId, code: locationCode ?? '', ...rest };
}
