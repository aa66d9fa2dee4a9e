import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { expect, test } from 'vitest';
import { type ServerRouter, serverRouter } from '../../../server/router.ts';
import type { ServerPath, ServerProcedures } from './server-line.ts';

const DEFINITION = '_def';

type At<TTree, TPath extends string> = TPath extends `${infer THead}.${infer TRest}`
  ? THead extends keyof TTree
    ? At<TTree[THead], TRest>
    : never
  : TPath extends keyof TTree
    ? TTree[TPath]
    : never;

/** What we send is what the server takes, and what it gives is what we expect. Checked by the compiler. */
type Agrees<TPath extends ServerPath> =
  ServerProcedures[TPath]['input'] extends At<inferRouterInputs<ServerRouter>, TPath>
    ? At<inferRouterOutputs<ServerRouter>, TPath> extends ServerProcedures[TPath]['output']
      ? true
      : false
    : false;

const AGREED: { [TPath in ServerPath]: Agrees<TPath> & true } = {
  'auth.signIn': true,
  'auth.refresh': true,
  'auth.signOut': true,
  'auth.changePassword': true,
  'auth.report': true,
  'auth.quarantine': true,
  'admin.people.list': true,
  'admin.people.add': true,
  'admin.people.update': true,
  'admin.people.setPassword': true,
  'admin.people.disable': true,
  'admin.people.enable': true,
  'admin.devices.list': true,
  'admin.devices.revoke': true,
  'admin.sites.list': true,
  'admin.refused.list': true,
  'admin.quarantine.list': true,
  'admin.audit.list': true,
  'admin.import': true,
};

test('every procedure that a laptop calls by name is one of the server, with the shapes that both expect', () => {
  const there = Object.keys(serverRouter[DEFINITION].procedures);
  expect(Object.keys(AGREED).filter((path) => !there.includes(path))).toEqual([]);
});
