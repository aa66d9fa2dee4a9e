export const TABLE = 'product';

/** In one transaction, so that listeners hear of them once. */
export function setRows(store, rows) {
  store.transaction(() => {
    for (const { id, ...cells } of rows) store.setRow(TABLE, id, cells);
  });
}
