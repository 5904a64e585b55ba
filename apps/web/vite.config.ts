import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

const api = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react(), precompress()],
  server: { host: '127.0.0.1', proxy: { '/v1': api, '/openapi.json': api, '/docs': api } },
  // Inlined assets would be data: URLs and the module-preload polyfill an extra script; the page's CSP stays plain without.
  build: {
    outDir: 'dist',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What most pages share comes in one file: fewer requests, and it compresses better together.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 4 }] } } },
  },
});
