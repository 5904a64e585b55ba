import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { endpointsOnly } from './endpoints-only.ts';
import { offline } from './offline.ts';
import { precompress } from './precompress.ts';
import { textsInPlace } from './texts-in-place.ts';

const api = 'http://127.0.0.1:3000';

/** A page's own parts come with the page: one of them in the shared file would draw everything it stands on in with it. */
const ours = /src\/(features|pages|shell|ui\/(zone-select|confirm|secret|wall-time|length-input|loaded|undo-message))/u;

/** What is needed to fill something in or to choose, and not to look: each part comes with whoever needs it. */
const apart =
  /@mantine\/form\/|react-number-format|@date-fns|components\/(\w*Input|Switch|Chip|Combobox|ScrollArea|Select|MultiSelect|Pill|Checkbox|Radio|Textarea|SegmentedControl|FloatingIndicator|Tabs|Modal|ModalBase)\//u;

/** The component library's own ground, whose small parts would otherwise end up beside what needs them last. */
const base = /@mantine\/(core\/esm\/core|hooks)\//u;

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
      // Making a schema, or reading a part of one, changes nothing: what nobody asks for need not be made.
      treeshake: {
        propertyReadSideEffects: false,
        manualPureFunctions: ['Type', 'strict', 'nullable', 'words', 'Page', 'nothing'],
      },
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', test: base, priority: 3 },
            {
              name: 'shared',
              minShareCount: 4,
              priority: 2,
              test: (id) => !ours.test(id) && !apart.test(id),
            },
          ],
        },
      },
    },
  },
});
