import { z } from 'zod';
import type { TrackingKind } from '../entities/product.ts';

/** What a person may narrow the catalogue by. Filters combine; a category includes everything below it. */
export const catalogueFilterField = z.strictObject({
  categoryId: z.uuid().nullable().default(null),
  brandId: z.uuid().nullable().default(null),
  /** Stock is looked at in this site; null means all sites on this laptop. */
  siteId: z.uuid().nullable().default(null),
  stock: z.enum(['any', 'inStock', 'outOfStock', 'low']).default('any'),
  archived: z.boolean().default(false),
});
export type CatalogueFilter = z.output<typeof catalogueFilterField>;

export const SEARCH_TEXT_MAX = 200;
export const SEARCH_PAGE_MAX = 200;

/** `cursor` is opaque: give back what the page before gave. Null starts. */
export const catalogueSearchInput = z.strictObject({
  text: z.string().max(SEARCH_TEXT_MAX).default(''),
  filter: catalogueFilterField.prefault({}),
  cursor: z.string().max(1_000).nullable().default(null),
  limit: z.int().min(1).max(SEARCH_PAGE_MAX).default(50),
});
export type CatalogueSearchInput = z.output<typeof catalogueSearchInput>;

export const catalogueCountInput = catalogueSearchInput.pick({ text: true, filter: true });
export type CatalogueCountInput = z.output<typeof catalogueCountInput>;

export interface ProductListItem {
  id: string;
  sku: string;
  name: string;
  barcodes: readonly string[];
  category: string | null;
  brand: string | null;
  unit: string;
  priceMinor: number | null;
  currency: string | null;
  minStock: number | null;
  /** What an order fills the stock up to. */
  reorderTo: number | null;
  archived: boolean;
  /** Sum over the filter's site or all sites on this laptop; null where no site is synced. */
  onHand: number | null;
}

export interface CatalogueSearchResult {
  items: readonly ProductListItem[];
  nextCursor: string | null;
  /** Time spent in the reader, in milliseconds. */
  ms: number;
}

/** Any part of a list by position, for a person who drags the scroll bar. The order is that of the pages. */
export const catalogueWindowInput = catalogueCountInput.extend({
  offset: z.int().min(0),
  limit: z.int().min(1).max(SEARCH_PAGE_MAX),
});
export type CatalogueWindowInput = z.output<typeof catalogueWindowInput>;

export interface CatalogueWindowResult {
  items: readonly ProductListItem[];
  /** Of the whole list at the moment of this answer. */
  total: number;
  ms: number;
}

export interface CatalogueCountResult {
  total: number;
  ms: number;
}

/** A barcode, and what it stands for. */
export interface ProductPack {
  code: string;
  packQuantity: number;
  /** What a pack of that many is called, for example `box`. */
  packUnit: string | null;
}

export interface ProductDetail extends ProductListItem {
  description: string | null;
  categoryPath: readonly { id: string; name: string }[];
  /** Whether its pieces are told apart, by lot or one by one. */
  tracking: TrackingKind;
  tracksExpiry: boolean;
  packs: readonly ProductPack[];
  stock: readonly {
    siteCode: string;
    siteName: string;
    locationCode: string;
    locationName: string | null;
    zone: string | null;
    /** Pending included. */
    quantity: number;
    /** What this laptop's own movements change that the server's level here does not contain yet. */
    pending: number;
  }[];
}

export interface ScanResult {
  product: ProductDetail;
  /** How many of the smallest unit the scanned code stands for. */
  packQuantity: number;
}

export interface CategoryNode {
  id: string;
  parentId: string | null;
  name: string;
  /** Products in it and below it. */
  products: number;
}

export interface BrandOption {
  id: string;
  name: string;
  products: number;
}

export interface SiteView {
  id: string;
  code: string;
  name: string;
  /** Whether its locations and stock are on this laptop. */
  followed: boolean;
}
