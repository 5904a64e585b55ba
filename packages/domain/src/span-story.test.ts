import { expect, test } from 'vitest';
import { play, policyFor } from './play.fixture.ts';
import { codesOf } from './span-story.ts';

const three = policyFor(['ams', 'fra', 'iad']);

test('what several regions saw is told once per code, with its regions', () => {
  const { spans } = play(
    '0 ams:down, 0.1 fra:down, 60 ams:504, 60.1 fra:504, 120 ams:up, 120.1 fra:up, 180 fra:down, 240 fra:up',
    three,
  );
  expect(codesOf(spans)).toEqual([
    { code: '502', startedAt: 0, endedAt: 60_100, regions: ['ams', 'fra'] },
    { code: '504', startedAt: 60_000, endedAt: 120_100, regions: ['ams', 'fra'] },
    { code: '502', startedAt: 180_000, endedAt: 240_000, regions: ['fra'] },
  ]);
});

test('what a region still sees has no end', () => {
  expect(codesOf(play('0 ams:down, 0.1 fra:down, 30 ams:up', three).spans)).toEqual([
    { code: '502', startedAt: 0, endedAt: null, regions: ['ams', 'fra'] },
  ]);
});
