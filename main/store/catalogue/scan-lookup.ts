import type { ScanResult } from '../../../shared/desktop/catalogue-views.ts';
import { type BarcodeMatch, productsByBarcode, productsBySku } from './exact-matches.ts';
import { productDetail } from './product-detail.ts';
import type { ReplicaReader } from './replica-reader.ts';

/** The product of a scanned code: a barcode in any of its forms, else a SKU, which own labels may carry. */
export function scanLookup(reader: ReplicaReader, code: string): ScanResult | null {
  const match = firstOffered(productsByBarcode(reader, code)) ?? firstOffered(bySku(reader, code));
  const product = match && productDetail(reader, match.product.id);
  return match && product ? { product, packQuantity: match.packQuantity } : null;
}

function bySku(reader: ReplicaReader, code: string): BarcodeMatch[] {
  return productsBySku(reader, code).map((product) => ({ product, packQuantity: 1 }));
}

/** An archived product is found only if no other has the code. */
function firstOffered(matches: readonly BarcodeMatch[]): BarcodeMatch | null {
  return matches.find(({ product }) => product.archived === 0) ?? matches[0] ?? null;
}
