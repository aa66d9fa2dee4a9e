import { router } from '../trpc.ts';
import { deliveryLineRouter } from './delivery-line-router.ts';
import { deliveryRouter } from './delivery-router.ts';
import { productNoteRouter } from './product-note-router.ts';

/** Procedures of single entities that need nothing beyond the plain ones. `npm run accelerate` appends to this list. */
export const entitiesRouter = router({
  productNote: productNoteRouter,
  delivery: deliveryRouter,
  deliveryLine: deliveryLineRouter,
});
