import { z } from 'zod';
import type { TrackingKind } from '../entities/product.ts';
import { recordWriteField } from './record-views.ts';

/** Rows of a file that are looked up at once: some tens of milliseconds of a reader. */
export const LOOK_UP_ROWS_MAX = 200;
/** Rows of a file that become one operation: light enough to be pushed with others, and quick to take back. */
export const IMPORT_ROWS_PER_OPERATION = 200;

const codeField = z.string().max(200).nullable();

/** What rows of a file name, to be found on this laptop. */
export const importLookUpInput = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        sku: codeField,
        barcode: codeField,
        /** Null looks at all followed sites. */
        siteId: z.uuid().nullable(),
        location: codeField,
        lot: z.string().max(200),
        serial: z.string().max(200),
      }),
    )
    .min(1)
    .max(LOOK_UP_ROWS_MAX),
});
export type ImportLookUpInput = z.output<typeof importLookUpInput>;

export interface ImportLookUp {
  product: { id: string; tracking: TrackingKind; tracksExpiry: boolean } | null;
  /** Locations with the code: at most two, which is enough to know that it is in doubt. */
  places: readonly ImportPlace[];
  /** What lies at the only place of these goods, pending included. */
  onHand: number;
}

export interface ImportPlace {
  id: string;
  siteId: string;
  name: string | null;
  zone: string | null;
  capacity: number | null;
  blocked: boolean;
  note: string | null;
}

/** Rows to be recorded as one operation. Those that are there already, by their ids, are passed over. */
export const importWriteInput = z.strictObject({
  writes: z.array(recordWriteField).min(1).max(IMPORT_ROWS_PER_OPERATION),
});

export interface ImportWriteResult {
  /** Null if all of it was there. */
  operationId: string | null;
  written: number;
}
