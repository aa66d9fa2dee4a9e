import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Relative URLs, because Electron serves the files from `app:` and the browser shell from a loopback port. */
export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    // The policy allows fonts and images from our own files only; a data URL would be refused.
    assetsInlineLimit: 0,
    // The polyfill is an inline script, which the policy refuses, and our engines need none.
    modulePreload: { polyfill: false },
    // What the page needs at once is two files, however many later screens share parts of it: each would be a request.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 1 },
            { name: 'start', tags: ['$initial'] },
          ],
        },
      },
    },
  },
});
