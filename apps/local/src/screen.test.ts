import { expect, test } from 'vitest';
import { Problem } from './problem.ts';
import { openScreen, shortPath } from './screen.ts';

const paper = (isTTY: boolean) => {
  let text = '';
  const out = {
    isTTY,
    write: (chunk: string | Uint8Array): boolean => {
      text += String(chunk);
      return true;
    },
  };
  return { out, text: () => text };
};

test('in a file or a CI log there are plain lines: no colours, nothing written over', async () => {
  const { out, text } = paper(false);
  const screen = openScreen(out, out);
  await screen.step('Working', async () => screen.say('a remark'));
  screen.started([['Data', '.farwatch/']], 'http://127.0.0.1:3000', 'sign up', 1234);
  expect(text()).toMatch(/^ {2}a remark\n {2}✓ Working {2}\d+\.\d s\n/);
  expect(text()).toContain('Open  http://127.0.0.1:3000\n');
  expect(text()).toContain('Ready in 1.2 s.');
  expect(text()).not.toContain('\u001B');
});

test('in a terminal a remark made during a step stands on a line of its own, and the step goes on below', async () => {
  const { out, text } = paper(true);
  const screen = openScreen(out, out);
  await screen.step('Working', async () => screen.say('a remark'));
  const shown = text()
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r\u001B[2K') + 1));
  expect(shown[0]).toMatch(/a remark$/);
  expect(shown[1]).toMatch(/✓.*Working/);
});

test('a step that fails is marked, and its error goes on', async () => {
  const { out, text } = paper(false);
  const failing = openScreen(out, out).step('Working', () => Promise.reject(new Problem('no')));
  await expect(failing).rejects.toThrow('no');
  expect(text()).toContain('✗ Working');
});

test('a path below the clone is shown as one would type it there, another one whole', () => {
  expect(shortPath('/srv/clone', '/srv/clone/.farwatch/mail')).toBe('.farwatch/mail');
  expect(shortPath('/srv/clone', '/var/lib/x')).toBe('/var/lib/x');
});
