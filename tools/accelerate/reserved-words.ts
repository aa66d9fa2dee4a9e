/** Words that replica tables, which name entities and columns without quotes, would take for SQL. From SQLite's own list. */
const SQL = `abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade
case cast check collate column commit conflict constraint create cross current current_date current_time current_timestamp
database default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists
explain fail filter first following for foreign from full generated glob group groups having if ignore immediate in index indexed
initially inner insert instead intersect into is isnull join key last left like limit match materialized natural no not nothing
notnull null nulls of offset on or order others outer over partition plan pragma preceding primary query raise range recursive
references regexp reindex release rename replace restrict returning right rollback row rows savepoint select set table temp
temporary then ties to transaction trigger unbounded union unique update using vacuum values view virtual when where window with
without`;

/** Words that cannot name a constant in TypeScript. */
const TYPESCRIPT = `any arguments as async await boolean break case catch class const continue debugger declare default delete do
else enum eval export extends false finally for from function get if implements import in instanceof interface is keyof let module
namespace never new null number object of package private protected public readonly require return satisfies set static string
super switch symbol this throw true try type typeof undefined unique unknown using var void while with yield`;

/** Names that the written files use for other things. */
const TAKEN_CONSTANTS = `z define_entity id_field name_field code_field note_field quantity_field read_only read_only_delta
last_write_wins detect_conflicts one_to_many append_only router procedure row_page row_page_input save_row commit_changes id_input
must migration`;

/** Columns that stores keep for themselves. */
const TAKEN_COLUMNS = 'id site_id row_version row_hash sort_key local_id rowid oid constructor';

/** A table of a replica or of the work store. */
const TAKEN_TABLES = 'replica operation operation_change operation_stock overlay sync_job sync_log';

const words = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(/\s+/)));

export const RESERVED_ENTITY_NAMES = words(SQL, TYPESCRIPT, TAKEN_CONSTANTS, TAKEN_TABLES);
export const RESERVED_COLUMN_NAMES = words(SQL, TAKEN_COLUMNS);
