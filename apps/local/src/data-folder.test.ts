import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMasterKey, openDataDir, openSecrets } from './data-dir.ts';
import { takeLock } from './lock.ts';
import { openLogFile } from './log-file.ts';
import { endOrphans, openRoll } from './orphans.ts';
import { endProcess, identityOf } from './processes.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'farwatch-data-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const sleeper = async (): Promise<{ pid: number; exited: Promise<unknown[]> }> => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return { pid: child.pid ?? 0, exited: once(child, 'exit') };
};

test('secrets are made once, differ from each other and are for the owner alone', async () => {
  const first = await openSecrets(dir);
  expect(await openSecrets(dir)).toEqual(first);
  expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  expect((await stat(join(dir, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

test('a secret that a later version needs is added and the others stay', async () => {
  const { redisPassword, ...older } = await openSecrets(dir);
  await writeFile(join(dir, 'secrets.json'), JSON.stringify(older));
  const now = await openSecrets(dir);
  expect(now).toMatchObject(older);
  expect(now.redisPassword).not.toBe(redisPassword);
});

test('the master key is 32 bytes, and a fresh one goes before those it replaces', async () => {
  const { masterKey, ...others } = await openSecrets(dir);
  expect(Buffer.from(masterKey, 'base64url')).toHaveLength(32);
  const { masterKey: both, ...same } = await addMasterKey(dir);
  expect(same).toEqual(others);
  const [fresh = '', ...older] = both.split(',');
  expect(older).toEqual([masterKey]);
  expect(Buffer.from(fresh, 'base64url')).toHaveLength(32);
  expect(fresh).not.toBe(masterKey);
  expect(await openSecrets(dir)).toEqual({ ...others, masterKey: both });
});

test('damaged secrets are said, not replaced: the database was made with them', async () => {
  await writeFile(join(dir, 'secrets.json'), '{"secret": ');
  await expect(openSecrets(dir)).rejects.toThrow('secrets.json');
  expect(await readFile(join(dir, 'secrets.json'), 'utf8')).toBe('{"secret": ');
});

test('the data folder is closed to others, and may be passed through only when the database needs that', async () => {
  const mode = async () => (await stat(join(dir, 'data'))).mode & 0o777;
  await openDataDir(join(dir, 'data'), false);
  expect(await mode()).toBe(0o700);
  await openDataDir(join(dir, 'data'), true);
  expect(await mode()).toBe(0o711);
});

test('the lock ends with the process that held it, however that ended', async () => {
  const script = `
    const { takeLock } = await import(${JSON.stringify(fileURLToPath(new URL('./lock.ts', import.meta.url)))});
    const lock = await takeLock(${JSON.stringify(dir)}, () => undefined);
    lock.say('running', 'http://there');
    process.send('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  await expect(takeLock(dir, () => undefined)).rejects.toThrow(`already running on ${dir} (process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await takeLock(dir, () => undefined);
  lock.release();
});

test('what a killed launcher left running is ended, and a stranger with the same pid is left alone', async () => {
  const left = await sleeper();
  const stranger = await sleeper();
  openRoll(dir).add('worker', left.pid);
  const entries: { identity: string }[] = JSON.parse(await readFile(join(dir, 'processes.json'), 'utf8'));
  const reused = { ...entries[0], name: 'api', pid: stranger.pid };
  await writeFile(join(dir, 'processes.json'), JSON.stringify([...entries, { ...reused, identity: 'before' }]));
  expect(await endOrphans(dir)).toEqual(['worker']);
  await left.exited;
  expect(identityOf(stranger.pid)).not.toBeNull();
  process.kill(stranger.pid);
  await stranger.exited;
});

test('a process that does not obey is killed', async () => {
  const child = spawn('sh', ['-c', 'trap "" TERM; echo deaf; while :; do sleep 1; done']);
  await once(child.stdout, 'data');
  const identity = identityOf(child.pid ?? 0) ?? '';
  expect(await endProcess(child.pid ?? 0, identity, [['SIGTERM', 100]])).toBe(true);
  expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGKILL');
});

test('a log keeps one older file and no more', () => {
  const log = openLogFile(join(dir, 'x.log'), 100);
  for (let line = 0; line < 50; line += 1) log.write(`line ${line} of the log\n`);
  expect(log.lastLines(2)).toEqual(['line 48 of the log', 'line 49 of the log']);
  return Promise.all([stat(join(dir, 'x.log')), stat(join(dir, 'x.log.1'))]).then(([now, before]) => {
    expect(now.size + before.size).toBeLessThanOrEqual(200);
  });
});
