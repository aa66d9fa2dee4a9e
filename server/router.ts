import { adminRouter } from './admin/admin-router.ts';
import { authRouter } from './auth/auth-router.ts';
import { brandsRouter } from './catalogue/brands-router.ts';
import { categoriesRouter } from './catalogue/categories-router.ts';
import { productsRouter } from './catalogue/products-router.ts';
import { sitesRouter } from './catalogue/sites-router.ts';
import { entitiesRouter } from './entities/entities-router.ts';
import { levelsRouter } from './stock/levels-router.ts';
import { locationsRouter } from './stock/locations-router.ts';
import { movementsRouter } from './stock/movements-router.ts';
import { syncRouter } from './sync/sync-router.ts';
import { router } from './trpc.ts';

/** Everything the server can be asked. */
export const serverRouter = router({
  sync: syncRouter,
  auth: authRouter,
  admin: adminRouter,
  catalogue: router({
    products: productsRouter,
    categories: categoriesRouter,
    brands: brandsRouter,
    sites: sitesRouter,
  }),
  entities: entitiesRouter,
  stock: router({ locations: locationsRouter, levels: levelsRouter, movements: movementsRouter }),
});

export type ServerRouter = typeof serverRouter;
