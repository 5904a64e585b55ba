import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** Every text of the dashboard, gathered from where it is written into one catalogue: `npm run texts`. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en'],
  catalogs: [
    { path: '<rootDir>/src/texts/{locale}', include: ['<rootDir>/src'], exclude: ['**/*.test.*', '**/*.fixture.*'] },
  ],
  format: formatter({ lineNumbers: false }),
  orderBy: 'origin',
});
