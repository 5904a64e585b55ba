import { type ChildProcess, spawn } from 'node:child_process';
import { waitUntil } from '@farwatch/testkit';
import { afterEach, expect, test } from 'vitest';
import { silent } from './probe.fixture.ts';
import { openProcesses, type Processes } from './processes.ts';
import { nameOfShare, type Share } from './share.ts';

const started: { name: string; child: ChildProcess; at: number }[] = [];
let open: Processes | undefined;
afterEach(async () => {
  await open?.close();
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
  open = undefined;
});

const stays = `process.on('message', (word) => process.send('heard ' + word)); process.on('SIGTERM', () => process.exit(0)); process.send('ready')`;
const start = (script: (share: Share) => string) => (share: Share) => {
  const child = spawn(process.execPath, ['-e', script(share)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  started.push({ name: nameOfShare(share), child, at: performance.now() });
  return child;
};
const isAlive = ({ child }: { child: ChildProcess }): boolean => child.exitCode === null && child.signalCode === null;
const backOff = { firstMs: 50, mostMs: 400, steadyMs: 60_000 };

test('each share has one process; one that is killed is started again and the others are left alone', async () => {
  open = await openProcesses({ count: 3, log: silent, backOff, start: start(() => stays) });
  expect(started.map(({ name }) => name)).toEqual(['0/3', '1/3', '2/3']);
  started[1]?.child.kill('SIGKILL');
  await waitUntil(() => started.length === 4);
  expect(started[3]?.name).toBe('1/3');
  expect(started.map(isAlive)).toEqual([true, false, true, true]);
});
test('one that keeps dying is started again ever more slowly', async () => {
  let first = true;
  const script = (): string => {
    const text = first ? `${stays}; setTimeout(() => process.exit(3), 100)` : 'process.exit(3)';
    first = false;
    return text;
  };
  open = await openProcesses({ count: 1, log: silent, backOff, start: start(script) });
  await waitUntil(() => started.length === 6, 15_000);
  const waits = started.slice(1).map(({ at }, i) => at - (started[i]?.at ?? 0));
  expect(waits[4]).toBeGreaterThan(400);
});
test('close ends them all, also one that does not listen, and starts none again', async () => {
  const deaf = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.send('ready')`;
  const script = ({ index }: Share): string => (index === 0 ? deaf : stays);
  const processes = await openProcesses({ count: 2, log: silent, backOff, drainMs: 300, start: start(script) });
  await processes.close();
  expect(started.map(({ child }) => child.signalCode ?? child.exitCode)).toEqual(['SIGKILL', 0]);
  expect(started).toHaveLength(2);
});
test('one that can not start ends the start, and leaves no other behind', async () => {
  const script = ({ index }: Share): string => (index === 1 ? 'process.exit(1)' : stays);
  await expect(openProcesses({ count: 2, log: silent, backOff, start: start(script) })).rejects.toThrow(
    'process 1/2: exit code 1',
  );
  expect(started.some(isAlive)).toBe(false);
});
test('what one says is told to the others', async () => {
  open = await openProcesses({ count: 3, log: silent, backOff, start: start(() => stays) });
  const heard: string[] = [];
  for (const { name, child } of started)
    child.on('message', (word) => {
      if (word === 'heard blind') heard.push(name);
    });
  started[0]?.child.emit('message', 'blind');
  await waitUntil(() => heard.length === 2);
  expect(heard.sort()).toEqual(['1/3', '2/3']);
});
