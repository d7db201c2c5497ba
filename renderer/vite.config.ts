import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the window. The base is relative because the same files are served under the application's own scheme and
 * by the Node shell on loopback. Nothing is inlined: the content security policy allows only files of our origin.
 * `--mode harness` builds the screens with a scripted client instead of an engine (see testing/README.md).
 */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: mode === 'harness' ? '../dist/renderer-harness' : '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: mode === 'harness' ? 'dev.html' : 'index.html',
    },
  },
}));
