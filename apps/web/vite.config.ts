import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { endpointsOnly } from './endpoints-only.ts';
import { offline } from './offline.ts';
import { precompress } from './precompress.ts';
import { textsInPlace } from './texts-in-place.ts';

const api = 'http://127.0.0.1:3000';

/** A page's own parts come with the page: one of them in the shared file would draw everything it stands on in with it. */
const ours =
  /src\/(features|pages|shell|ui\/(zone-select|confirm|secret|calendar-days|day-keys|week-window|wall-time|length-input|loaded|undo-message|(day|time|wall)-field|form-(modal|ends)|leave-guard))/u;

/** What is needed to fill something in or to choose, and not to look: each part comes with whoever needs it. */
const forms =
  /@mantine\/(form|dates)\/|react-number-format|@date-fns|dayjs|klona|components\/(\w*Input|Switch|Chip|Combobox|ScrollArea|Select|MultiSelect|Pill|Checkbox|Radio|Textarea|SegmentedControl|FloatingIndicator|Tabs|Modal|ModalBase)\//u;

/** Parts of libraries that few pages need, with what those parts alone stand on. */
const seldom =
  /@mantine\/(notifications\/esm\/Notif|hooks\/esm\/use-(drag|collapse|hotkeys|clipboard|debounced-\w+)\/)|queriesObserver|useQueries|useBlocker|react-(transition-group|remove-scroll|style-singleton)|use-(sidecar|callback-ref)|get-nonce|tslib/u;

/** What every page stands on, and nothing of ours: browsers keep it from one version to the next. */
const ground =
  /@mantine\/(core\/esm\/core|hooks)\/|node_modules\/(react|react-dom|scheduler|use-sync-external-store|@lingui|@floating-ui|@date-fns\/tz|@tanstack\/(react-router|router-core|history|react-query|query-core|react-store|store))\//u;

/** Turns what is written in place into look-ups by id. */
const texts = () => lingui({ cwd: import.meta.dirname, macroTransform: true });

export default defineConfig({
  plugins: [endpointsOnly(), textsInPlace(), texts(), react(), precompress(), offline()],
  server: { host: '127.0.0.1', proxy: { '/v1': api, '/openapi.json': api, '/docs': api } },
  // Inlined assets would be data: URLs and the module-preload polyfill an extra script; the page's CSP stays plain without.
  build: {
    outDir: 'dist',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What most pages share comes in one file: fewer requests, and it compresses better together.
    rolldownOptions: {
      // Reading a part of a schema changes nothing: what nobody asks for need not be made.
      treeshake: { propertyReadSideEffects: false },
      output: {
        codeSplitting: {
          groups: [
            { name: 'ground', priority: 3, test: (id) => ground.test(id) && !seldom.test(id) },
            {
              name: 'shared',
              minShareCount: 4,
              priority: 2,
              test: (id) => ![ours, forms, seldom].some((each) => each.test(id)),
            },
          ],
        },
      },
    },
  },
});
