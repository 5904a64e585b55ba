import { needs, programOnPath } from '@farwatch/testkit';
import { expect } from 'vitest';
import { chromiumPath } from './browser.ts';
import { playFirstMinutes } from './first-minutes.ts';

const { test } = needs('nginx and chromium', programOnPath('nginx') !== null && chromiumPath !== null);

test.each([
  { keyboard: false, width: 1_440 },
  { keyboard: false, width: 360 },
  { keyboard: true, width: 1_440 },
])('from sign-up to a watched site with a tested channel: six clicks and a minute at most (%o)', async (way) => {
  const found = await playFirstMinutes(way);
  process.stdout.write(`${JSON.stringify({ ...way, ...found })}\n`);
  expect(found).toMatchObject({ guessed: 'https://lighthouse.dev/', testMailTo: ['ada@lighthouse.dev'], errors: [] });
  expect(found.clicks).toBeLessThanOrEqual(6);
  expect(found.seconds).toBeLessThan(60);
  // the figure itself is printed; on a machine busy with other tests it says nothing about us
  expect(found.firstAnswerSeconds).toBeLessThan(60);
  expect(found.sideways).toBe(false);
});
