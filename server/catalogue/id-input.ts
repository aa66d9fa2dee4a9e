import { z } from 'zod';

/** Ids are compared as text, so one id must have one spelling. */
export const idInput = z.uuid().toLowerCase();
