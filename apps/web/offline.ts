import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { served } from './served.ts';

/** What a browser keeps of the dashboard's own files, uncompressed; a build that is larger ends. */
const mostBytes = 6_000_000;

/**
 * The service worker `/sw.js`: keeps the built page, so that it opens without a network, and nothing of the API. A new
 * version waits until the person reloads by the page's word (shell/new-version.tsx), which also registers the worker.
 */
export const offline = (): PluginOption =>
  VitePWA({
    injectRegister: false,
    manifest: false,
    registerType: 'prompt',
    workbox: {
      globPatterns: ['index.html', 'theme.js', 'assets/**/*.{js,css,woff2}', 'favicon*.svg', 'icon-192.png'],
      navigateFallback: '/index.html',
      navigateFallbackDenylist: [served],
      importScripts: ['/notifications.js'],
      inlineWorkboxRuntime: true,
      sourcemap: false,
      cleanupOutdatedCaches: true,
      clientsClaim: false,
      skipWaiting: false,
      manifestTransforms: [
        (entries) => {
          const bytes = entries.reduce((sum, { size }) => sum + size, 0);
          if (bytes > mostBytes) throw new Error(`the dashboard's files are ${bytes} bytes, over ${mostBytes}`);
          return { manifest: entries, warnings: [] };
        },
      ],
    },
  });
