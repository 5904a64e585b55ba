// Generates the client without a download: the schema engine is not used by `generate`, but Prisma wants it to exist.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const cli = join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
const done = spawnSync(process.execPath, [cli, 'generate', '--schema', join(here, 'schema.prisma'), '--no-hints'], {
  cwd: here,
  encoding: 'utf8',
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
});
if (done.status !== 0) {
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
  process.exitCode = 1;
}
