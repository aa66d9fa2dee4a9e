import { z } from 'zod';
import {
  catalogueCountInput,
  catalogueSearchInput,
  catalogueWindowInput,
  SEARCH_TEXT_MAX,
} from '../../shared/desktop/catalogue-views.ts';
import {
  countCheckInput,
  countIdInput,
  countLinesInput,
  countPlacesInput,
  countsInput,
} from '../../shared/desktop/count-views.ts';
import {
  deliveriesInput,
  deliveryIdInput,
  putAwayInput,
} from '../../shared/desktop/delivery-views.ts';
import { draftKeyField, draftPutInput } from '../../shared/desktop/drafts.ts';
import { importLookUpInput, importWriteInput } from '../../shared/desktop/exchange-views.ts';
import {
  dashboardInput,
  expiringInput,
  movementHistoryInput,
  placeGoodsInput,
  placesInput,
  siteInput,
} from '../../shared/desktop/overview-views.ts';
import {
  recordKeyInput,
  recordListInput,
  recordWriteInput,
} from '../../shared/desktop/record-views.ts';
import {
  photoAddInput,
  photoIdInput,
  photoListInput,
  photoReadInput,
} from '../../shared/desktop/photo-views.ts';
import { printInput, type PrinterView } from '../../shared/desktop/printing.ts';
import { settingsPatchField } from '../../shared/desktop/settings.ts';
import {
  locationsInput,
  movementListInput,
  recordMovementInput,
} from '../../shared/desktop/stock-views.ts';
import { syncLogInput } from '../../shared/desktop/sync-state.ts';
import {
  tallyAssignInput,
  tallyDiscardInput,
  tallyIdInput,
  tallyListInput,
  tallyPlaceInput,
  tallyPostInput,
  tallyScanInput,
  tallyStartInput,
  tallyTypeInput,
  tallyVoidInput,
} from '../../shared/desktop/tally-views.ts';
import {
  operationIdInput,
  pendingInput,
  resolveInput,
  retryInput,
} from '../../shared/desktop/work-views.ts';
import { TallymanError } from '../../shared/errors.ts';
import { syncUnitField } from '../../shared/sync/sync-unit.ts';
import { adminRouter } from './admin-router.ts';
import {
  type DesktopContext,
  freeProcedure,
  procedure,
  router,
  setUpProcedure,
} from './desktop-trpc.ts';
import { eventsOf } from './events-of.ts';
import type { PrinterPort } from './printer-port.ts';
import { sessionRouter } from './session-router.ts';

function printerOf({ printer }: DesktopContext): PrinterPort {
  if (printer) return printer;
  throw new TallymanError('PRINT_FAILED', 'This shell leaves printing to the page.');
}

/** What the renderer may ask of the app, over IPC or a loopback WebSocket. Every input is checked here. */
export const desktopRouter = router({
  session: sessionRouter,
  admin: adminRouter,

  app: router({ info: freeProcedure.query(({ ctx }) => ctx.app.info()) }),

  catalogue: router({
    search: procedure
      .input(catalogueSearchInput)
      .query(({ ctx, input, signal }) => ctx.app.catalogue.search(input, signal)),
    count: procedure
      .input(catalogueCountInput)
      .query(({ ctx, input, signal }) => ctx.app.catalogue.count(input, signal)),
    window: procedure
      .input(catalogueWindowInput)
      .query(({ ctx, input, signal }) => ctx.app.catalogue.window(input, signal)),
    product: procedure
      .input(z.strictObject({ id: z.uuid() }))
      .query(({ ctx, input }) => ctx.app.catalogue.product(input.id)),
    scan: procedure
      .input(z.strictObject({ code: z.string().min(1).max(SEARCH_TEXT_MAX) }))
      .query(({ ctx, input }) => ctx.app.catalogue.scan(input.code)),
    categories: procedure.query(({ ctx }) => ctx.app.catalogue.categories()),
    brands: procedure
      .input(z.strictObject({ text: z.string().max(SEARCH_TEXT_MAX) }))
      .query(({ ctx, input, signal }) => ctx.app.catalogue.brands(input.text, signal)),
    sites: procedure.query(({ ctx }) => ctx.app.catalogue.sites()),
  }),

  sync: router({
    trigger: freeProcedure
      .input(
        z.strictObject({
          syncUnit: syncUnitField.default('full'),
          discardPendingSyncUnits: z.boolean().default(false),
          abortRunning: z.boolean().default(false),
          reason: z.enum(['user', 'shortcut']).default('user'),
        }),
      )
      .mutation(({ ctx, input }) => ctx.app.sync.trigger(input)),
    cancel: procedure
      .input(z.strictObject({ jobId: z.uuid() }))
      .mutation(({ ctx, input }) => ctx.app.sync.cancel(input.jobId)),
    status: freeProcedure.query(({ ctx }) => ctx.app.sync.status()),
    log: procedure.input(syncLogInput).query(({ ctx, input }) => ctx.app.sync.log(input)),
    acceptServer: procedure.mutation(({ ctx }) => ctx.app.sync.acceptServer()),
    events: freeProcedure.subscription(({ ctx, signal }) =>
      eventsOf(ctx.app.sync.subscribe, signal),
    ),
  }),

  records: router({
    list: procedure.input(recordListInput).query(({ ctx, input }) => ctx.app.records.list(input)),
    get: procedure.input(recordKeyInput).query(({ ctx, input }) => ctx.app.records.get(input)),
    write: procedure
      .input(recordWriteInput)
      .mutation(({ ctx, input }) => ctx.app.records.write(input.writes)),
  }),

  photos: router({
    list: procedure.input(photoListInput).query(({ ctx, input }) => ctx.app.photos.list(input)),
    add: procedure.input(photoAddInput).mutation(({ ctx, input }) => ctx.app.photos.add(input)),
    read: procedure
      .input(photoReadInput)
      .query(({ ctx, input, signal }) => ctx.app.photos.read(input.hash, signal)),
    remove: procedure
      .input(photoIdInput)
      .mutation(({ ctx, input }) => ctx.app.photos.remove(input.id)),
  }),

  stock: router({
    record: procedure
      .input(recordMovementInput)
      .mutation(({ ctx, input }) => ctx.app.stock.record(input)),
    ofProduct: procedure
      .input(z.strictObject({ productId: z.uuid() }))
      .query(({ ctx, input }) => ctx.app.stock.ofProduct(input.productId)),
    movements: procedure
      .input(movementListInput)
      .query(({ ctx, input }) => ctx.app.stock.movements(input)),
    locations: procedure
      .input(locationsInput)
      .query(({ ctx, input, signal }) => ctx.app.stock.locations(input, signal)),
    putAway: procedure.input(putAwayInput).query(({ ctx, input }) => ctx.app.stock.putAway(input)),
  }),

  deliveries: router({
    list: procedure
      .input(deliveriesInput)
      .query(({ ctx, input, signal }) => ctx.app.deliveries.list(input, signal)),
    get: procedure
      .input(deliveryIdInput)
      .query(({ ctx, input }) => ctx.app.deliveries.get(input.id)),
  }),

  overview: router({
    movements: procedure
      .input(movementHistoryInput)
      .query(({ ctx, input, signal }) => ctx.app.overview.movements(input, signal)),
    zones: procedure
      .input(siteInput)
      .query(({ ctx, input, signal }) => ctx.app.overview.zones(input.siteId, signal)),
    places: procedure
      .input(placesInput)
      .query(({ ctx, input, signal }) => ctx.app.overview.places(input, signal)),
    goodsAt: procedure
      .input(placeGoodsInput)
      .query(({ ctx, input }) => ctx.app.overview.goodsAt(input.locationId)),
    expiring: procedure
      .input(expiringInput)
      .query(({ ctx, input }) => ctx.app.overview.expiring(input)),
    dashboard: procedure
      .input(dashboardInput)
      .query(({ ctx, input, signal }) => ctx.app.overview.dashboard(input, signal)),
  }),

  counts: router({
    list: procedure
      .input(countsInput)
      .query(({ ctx, input, signal }) => ctx.app.counts.list(input, signal)),
    get: procedure.input(countIdInput).query(({ ctx, input }) => ctx.app.counts.get(input.id)),
    places: procedure
      .input(countPlacesInput)
      .query(({ ctx, input, signal }) => ctx.app.counts.places(input, signal)),
    lines: procedure
      .input(countLinesInput)
      .query(({ ctx, input, signal }) => ctx.app.counts.lines(input, signal)),
    check: procedure
      .input(countCheckInput)
      .query(({ ctx, input, signal }) => ctx.app.counts.check(input, signal)),
  }),

  exchange: router({
    lookUp: procedure
      .input(importLookUpInput)
      .query(({ ctx, input, signal }) => ctx.app.exchange.lookUp(input, signal)),
    write: procedure
      .input(importWriteInput)
      .mutation(({ ctx, input }) => ctx.app.exchange.write(input.writes)),
  }),

  work: router({
    pending: procedure.input(pendingInput).query(({ ctx, input }) => ctx.app.work.pending(input)),
    undo: procedure
      .input(operationIdInput)
      .mutation(({ ctx, input }) => ctx.app.work.undo(input.operationId)),
    retry: procedure.input(retryInput).mutation(({ ctx, input }) => ctx.app.work.retry(input)),
    discard: procedure
      .input(operationIdInput)
      .mutation(({ ctx, input }) => ctx.app.work.discard(input.operationId)),
    conflicts: procedure.query(({ ctx }) => ctx.app.work.conflicts()),
    resolve: procedure
      .input(resolveInput)
      .mutation(({ ctx, input }) => ctx.app.work.resolve(input.resolutions)),
  }),

  tally: router({
    start: procedure
      .input(tallyStartInput)
      .mutation(({ ctx, input }) => ctx.app.tally.start(input)),
    list: procedure.input(tallyListInput).query(({ ctx, input }) => ctx.app.tally.list(input)),
    get: procedure.input(tallyIdInput).query(({ ctx, input }) => ctx.app.tally.get(input.tallyId)),
    scan: procedure.input(tallyScanInput).mutation(({ ctx, input }) => ctx.app.tally.scan(input)),
    type: procedure.input(tallyTypeInput).mutation(({ ctx, input }) => ctx.app.tally.type(input)),
    assign: procedure
      .input(tallyAssignInput)
      .mutation(({ ctx, input }) => ctx.app.tally.assign(input)),
    void: procedure.input(tallyVoidInput).mutation(({ ctx, input }) => ctx.app.tally.void(input)),
    place: procedure
      .input(tallyPlaceInput)
      .mutation(({ ctx, input }) => ctx.app.tally.place(input)),
    post: procedure.input(tallyPostInput).mutation(({ ctx, input }) => ctx.app.tally.post(input)),
    discard: procedure
      .input(tallyDiscardInput)
      .mutation(({ ctx, input }) => ctx.app.tally.discard(input)),
    unknown: procedure.query(({ ctx }) => ctx.app.tally.unknown()),
  }),

  drafts: router({
    put: procedure.input(draftPutInput).mutation(({ ctx, input }) => ctx.app.drafts.put(input)),
    get: procedure
      .input(z.strictObject({ key: draftKeyField }))
      .query(({ ctx, input }) => ctx.app.drafts.get(input.key)),
    remove: procedure
      .input(z.strictObject({ key: draftKeyField }))
      .mutation(({ ctx, input }) => ctx.app.drafts.remove(input.key)),
  }),

  network: router({
    status: freeProcedure.query(({ ctx }) => ctx.app.network.status()),
    changes: freeProcedure.subscription(({ ctx, signal }) =>
      eventsOf(ctx.app.network.subscribe, signal),
    ),
  }),

  printing: router({
    printer: procedure.query(({ ctx }): PrinterView => ({ savesPdf: ctx.printer !== undefined })),
    print: procedure.input(printInput).mutation(({ ctx, input }) => printerOf(ctx).print(input)),
    savePdf: procedure
      .input(printInput)
      .mutation(({ ctx, input }) => printerOf(ctx).savePdf(input)),
  }),

  settings: router({
    get: freeProcedure.query(({ ctx }) => ctx.app.settings.get()),
    update: setUpProcedure
      .input(settingsPatchField)
      .mutation(({ ctx, input }) => ctx.app.settings.update(input)),
    changes: freeProcedure.subscription(({ ctx, signal }) =>
      eventsOf(ctx.app.settings.subscribe, signal),
    ),
  }),
});

export type DesktopRouter = typeof desktopRouter;
