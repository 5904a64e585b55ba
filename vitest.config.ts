import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));
const rooms = ['packages', 'apps/api', 'apps/cli', 'apps/local', 'apps/probe', 'prisma', 'bench', 'e2e'];
const named = (suffix: string) => rooms.map((room) => `${room}/**/*.${suffix}.ts`);
const never = ['**/node_modules/**', '**/dist/**'];
const servers = ['packages/testkit/src/global-setup.ts'];
const webSetup = path('apps/web/src/test-setup.ts');

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: named('test'),
          exclude: [...never, ...named('int.test'), ...named('e2e.test')],
          testTimeout: 60_000, // a bound for what hangs; how fast it is a bench says
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          name: 'integration',
          include: named('int.test'),
          exclude: never,
          globalSetup: servers,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        extends: './apps/web/vite.config.ts',
        root: path('apps/web'),
        test: {
          name: 'web',
          root: path('apps/web'),
          environment: 'jsdom',
          include: ['src/**/*.test.{ts,tsx}'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          setupFiles: existsSync(webSetup) ? [webSetup] : [],
        },
      },
      {
        test: {
          name: 'e2e',
          include: named('e2e.test'),
          exclude: never,
          globalSetup: servers,
          fileParallelism: false,
          // Bounds for what hangs, on a machine with much else to do.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
});
