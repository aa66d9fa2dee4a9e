import { z } from 'zod';

/** Field types that several entities share. Text is stored as given (trimmed, NFC); limits bound a row's size. */
export const idField = z.uuid();
export const nameField = z.string().trim().normalize('NFC').min(1).max(500);
export const codeField = z.string().trim().normalize('NFC').min(1).max(64);
export const noteField = z.string().trim().normalize('NFC').max(4_000);
/** Integers in the smallest unit; the bound keeps sums of a million rows exact in a double. */
export const quantityField = z.int().min(-1_000_000_000).max(1_000_000_000);
