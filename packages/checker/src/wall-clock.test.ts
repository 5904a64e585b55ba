import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { needs } from '@farwatch/testkit';
import { expect } from 'vitest';

/** Where Debian and others keep it. */
const library = ['/usr/lib', '/usr/lib64']
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => [folder, ...readdirSync(folder).map((name) => join(folder, name))])
  .map((folder) => join(folder, 'faketime', 'libfaketimeMT.so.1'))
  .find((path) => existsSync(path));
const faketime = needs('libfaketime', library !== undefined);

const script = fileURLToPath(new URL('./wall-clock-child.fixture.ts', import.meta.url));
const lookWhile = async (jump: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'farwatch-clock-'));
  const file = join(folder, 'time');
  writeFileSync(file, '+0');
  const env = {
    ...{ ...process.env, LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file },
    ...{ FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, file, jump], { env, timeout: 20_000 });
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

faketime.test.each([
  ['an hour ahead', '+3600', 3_600_000],
  ['an hour back', '-3600', -3_600_000],
])('a wall clock that is set %s during a look changes no length and no verdict', async (_, jump, ms) => {
  const { jumpedMs, totalMs, phases, outcome } = await lookWhile(jump);
  expect(Math.abs(jumpedMs - ms)).toBeLessThan(10_000); // it was set
  expect(outcome).toEqual({ verdict: 'up' });
  expect(totalMs).toBeGreaterThan(390);
  expect(totalMs).toBeLessThan(3_000);
  // The site waits 200 ms before each; where one ends a busy machine sees a little late.
  expect(phases.firstByteMs).toBeGreaterThan(100);
  expect(phases.downloadMs).toBeGreaterThan(100);
});
