import { defineConfig } from 'electron-vite';
import renderer from './renderer/vite.config.ts';

/** Stays outside the bundles: it finds its binary beside its own files. */
const NATIVE = ['better-sqlite3'];

/** Everything else is bundled, so that the packaged app carries no node_modules but the native one. */
const BUNDLED = { externalizeDeps: false, reportCompressedSize: false, minify: false } as const;

export default defineConfig({
  main: {
    build: {
      ...BUNDLED,
      outDir: 'out/main',
      rolldownOptions: {
        external: NATIVE,
        input: {
          main: 'main/electron/main.ts',
          'data-worker': 'main/data/data-worker.ts',
          'reader-worker': 'main/data/reader-worker.ts',
          'replica-finisher': 'main/data/replica-finisher.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      ...BUNDLED,
      outDir: 'out/preload',
      rolldownOptions: {
        input: { preload: 'main/electron/preload.ts' },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    root: 'renderer',
    build: {
      ...renderer.build,
      outDir: 'out/renderer',
      minify: true,
      reportCompressedSize: false,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
