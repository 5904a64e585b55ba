import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { leanEnv } from './lean.ts';

const lean = fileURLToPath(new URL('./lean.ts', import.meta.url));
const script = `import { becomeLean } from ${JSON.stringify(lean)}; becomeLean();
  console.log(JSON.stringify([process.pid, process.env.MALLOC_ARENA_MAX, process.env.NODE_OPTIONS, process.argv.slice(1)]));`;

/** What a process says of itself that became lean, and what else it said. */
const run = async (env: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, '--', 'word'], { env });
  const said = { out: '', error: '' };
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said.error += String(chunk);
  });
  await once(child, 'close');
  return { pid: child.pid, ...said };
};

test('a process starts itself anew with the settings, as the same process, with its arguments and without a word', async () => {
  const { pid, out, error } = await run({});
  expect(error).toBe('');
  expect(JSON.parse(out)).toEqual([pid, '2', '--max-semi-space-size=4', ['word']]);
});
test('what was set stays as it is', async () => {
  const { pid, out } = await run({ MALLOC_ARENA_MAX: '4' });
  expect(JSON.parse(out)).toEqual([pid, '4', null, ['word']]);
  expect(leanEnv({ MALLOC_ARENA_MAX: '4', PATH: '/bin' })).toMatchObject({ MALLOC_ARENA_MAX: '4', PATH: '/bin' });
});
