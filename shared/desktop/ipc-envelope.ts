import { z } from 'zod';
import { PHOTO_TEXT_MAX } from './photo-views.ts';
import { ERROR_CODES, type WireError } from '../errors.ts';

/** Far above the longest procedure path; a longer one is not ours. */
const PATH_CHARACTERS_MAX = 100;
/** The largest input of the router is a search text with its cursor, about 2,000 characters. */
const INPUT_CHARACTERS_MAX = 100_000;
/** Only this one carries a whole photo. */
const PHOTO_PATH = 'photos.add';
const PHOTO_CHARACTERS_MAX = PHOTO_TEXT_MAX + INPUT_CHARACTERS_MAX;
/** Queries and mutations under way at once from one page. Reaching it means a leak in the page. */
export const LIVE_CALLS_MAX = 256;
/** Subscriptions open at once from one page. There are three kinds of event; each is opened once or twice. */
export const LIVE_SUBSCRIPTIONS_MAX = 32;

/** Numbered by the page, each number used once per page load. */
const idField = z.int().min(1);

const callShape = {
  id: idField,
  path: z
    .string()
    .max(PATH_CHARACTERS_MAX)
    .regex(/^[a-zA-Z]+(\.[a-zA-Z]+)*$/),
  /** JSON text, so that its size is bounded before anything walks it; absent means no input. */
  input: z.string().max(PHOTO_CHARACTERS_MAX).optional(),
};

function isOfBoundedSize({ path, input = '' }: { path: string; input?: string | undefined }) {
  return input.length <= INPUT_CHARACTERS_MAX || path === PHOTO_PATH;
}

/** What the page sends to the main process. `stop` ends a subscription or cancels a query under way. */
export const ipcRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('query'), ...callShape }).refine(isOfBoundedSize),
  z.strictObject({ type: z.literal('mutation'), ...callShape }).refine(isOfBoundedSize),
  z.strictObject({ type: z.literal('subscription'), ...callShape }).refine(isOfBoundedSize),
  z.strictObject({ type: z.literal('stop'), id: idField }),
]);
export type IpcRequest = z.output<typeof ipcRequest>;
export type IpcCall = Exclude<IpcRequest, { type: 'stop' }>;

const wireErrorField: z.ZodType<WireError> = z.lazy(() =>
  z.strictObject({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    retryable: z.boolean(),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
    cause: wireErrorField.optional(),
  }),
);

/** The error shape of the desktop router, as the tRPC client expects it: never a stack. */
const errorShapeField = z.strictObject({
  code: z.int(),
  message: z.string(),
  data: z.strictObject({
    code: z.string(),
    httpStatus: z.int(),
    path: z.string().optional(),
    wire: wireErrorField,
  }),
});
export type IpcErrorShape = z.output<typeof errorShapeField>;

/**
 * What the main process answers. A query or mutation ends with one `data`, `error` or `stopped`. A subscription says
 * `started`, then any number of `data`, and ends with `completed`, `error` or `stopped`.
 */
export const ipcReply = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('started'), id: idField }),
  z.strictObject({ type: z.literal('data'), id: idField, data: z.unknown() }),
  z.strictObject({ type: z.literal('error'), id: idField, error: errorShapeField }),
  z.strictObject({ type: z.literal('stopped'), id: idField }),
  z.strictObject({ type: z.literal('completed'), id: idField }),
]);
export type IpcReply = z.output<typeof ipcReply>;
