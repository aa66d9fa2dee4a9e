import { registerHooks } from 'node:module';

/** Makes `import 'electron'` find the fake, as Electron's own module finds itself. For `node --import`. */
const fake = new URL('fake-electron-module.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: fake, shortCircuit: true } : next(specifier, context),
});
