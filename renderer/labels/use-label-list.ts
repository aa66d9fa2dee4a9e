import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import type { ProductDetail } from '../../shared/desktop/catalogue-views.ts';
import type { StockView } from '../../shared/desktop/stock-views.ts';
import { useTRPC } from '../trpc.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import {
  type LabelItem,
  type LabelPlace,
  labelRequestField,
  type LabelRequest,
  type ProductItem,
  type ProductTemplate,
} from './label-item.ts';
import { LABELS_MAX } from './label-layout.ts';

export interface ListedLabel {
  item: LabelItem;
  copies: number;
}

export interface LabelList {
  labels: readonly ListedLabel[];
  /** Of a product or place that could not be read. */
  error: unknown;
  addProduct: (id: string) => Promise<void>;
  addPlaces: (places: readonly LabelPlace[]) => void;
  change: (item: LabelItem, copies: number) => void;
  remove: (id: string) => void;
  clear: () => void;
}

/** What is to be labelled: what another screen asked for, and what is added here. */
export function useLabelList(onTemplate: (template: ProductTemplate) => void): LabelList {
  const [labels, setLabels] = useState<readonly ListedLabel[]>([]);
  const [error, setError] = useState<unknown>(null);
  const readProduct = useReadProduct();
  const add = (items: readonly LabelItem[]): void =>
    setLabels((before) => {
      const known = new Set(before.map(({ item }) => item.id));
      const added = items.filter(({ id }) => !known.has(id));
      return [...before, ...added.map((item) => ({ item, copies: 1 }))].slice(0, LABELS_MAX);
    });
  const addPlaces = (places: readonly LabelPlace[]): void =>
    add(places.map((place) => ({ kind: 'place', ...place })));
  const addProduct = async (id: string): Promise<void> => {
    try {
      setError(null);
      const product = await readProduct(id);
      if (product) add([product]);
    } catch (cause) {
      setError(cause);
    }
  };
  useRequested((request) => {
    onTemplate(request.template);
    addPlaces(request.places);
    for (const id of request.productIds) void addProduct(id);
  });
  return {
    labels,
    error,
    addProduct,
    addPlaces,
    change: (item, copies) =>
      setLabels((before) =>
        before.map((label) => (label.item.id === item.id ? { item, copies } : label)),
      ),
    remove: (id) => setLabels((before) => before.filter(({ item }) => item.id !== id)),
    clear: () => setLabels([]),
  };
}

/** Takes what the screen before handed over, once for each time that it did. */
function useRequested(onRequest: (request: LabelRequest) => void): void {
  const state = useHistoryState<unknown>();
  const take = useStableCallback(onRequest);
  useEffect(() => {
    const request = labelRequestField.safeParse(state);
    if (request.success) take(request.data);
  }, [state, take]);
}

function useReadProduct(): (id: string) => Promise<ProductItem | null> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async (id) => {
    const [product, stock] = await Promise.all([
      queryClient.query(trpc.catalogue.product.queryOptions({ id })),
      queryClient.query(trpc.stock.ofProduct.queryOptions({ productId: id })),
    ]);
    return product && productItem(product, stock);
  };
}

/** With the barcode of the single unit, and the place where most of it is, or was before it ran out. */
function productItem(product: ProductDetail, { locations }: StockView): ProductItem {
  const { id, name, sku, unit, priceMinor, currency, packs } = product;
  const [home] = locations.toSorted((a, b) => b.onHand - a.onHand);
  return {
    kind: 'product',
    id,
    name,
    sku,
    unit,
    priceMinor,
    currency,
    packs,
    pack: packs.find(({ packQuantity }) => packQuantity === 1) ?? packs[0] ?? null,
    home: home ? { id: home.locationId, code: home.code, siteCode: home.siteCode } : null,
  };
}
