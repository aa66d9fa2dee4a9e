import { z } from 'zod';
import { commitCall } from '../auth/commit-call.ts';
import { procedure, router } from '../trpc.ts';
import { idInput } from './id-input.ts';
import { namePage, namePageInput } from './name-page.ts';
import { productById } from './product-by-id.ts';
import { archiveProduct, productInput, saveProduct } from './save-product.ts';
import { productSearchInput, searchProducts } from './search-products.ts';

export const productsRouter = router({
  list: procedure.input(namePageInput).query(({ ctx, input }) => namePage(ctx, 'product', input)),

  byId: procedure
    .input(z.strictObject({ id: idInput }))
    .query(({ ctx, input }) => productById(ctx.store.reader, input.id)),

  search: procedure
    .input(productSearchInput)
    .query(({ ctx, input }) => searchProducts(ctx.store.reader, input)),

  upsert: procedure
    .input(productInput)
    .mutation((call) => commitCall(call, call.input, (tx) => saveProduct(tx, call.input))),

  archive: procedure
    .input(z.strictObject({ id: idInput, archived: z.boolean().default(true) }))
    .mutation((call) => commitCall(call, call.input, (tx) => archiveProduct(tx, call.input))),
});
