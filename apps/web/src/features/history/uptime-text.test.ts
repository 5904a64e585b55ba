import { expect, test } from 'vitest';
import { reckoning, uptimeText } from './uptime-text.ts';

test.each([
  [null, '–'],
  [1, '100 %'],
  [0.999999, '99.999 %'],
  [0.9995, '99.950 %'],
  [0.98765, '98.76 %'],
  [0.0029, '0.29 %'],
  [0.57, '57.00 %'],
  [0.9999999999, '99.999 %'],
  [1 - 1 / 7_776_000_000, '99.999 %'],
  [0, '0.00 %'],
])('%s is shown as %s', (ratio, text) => expect(uptimeText(ratio)).toBe(text));

test('how a figure is reckoned is said in words', () => {
  const from = '2026-11-23T06:00:00.000Z';
  const view = {
    from,
    to: from,
    upMs: 86_400_000,
    downMs: 90_000,
    unknownMs: 5_000,
    leftOutMs: 0,
    ratio: 1,
    incidents: 2,
  };
  expect(reckoning(view)).toBe('Up ÷ (up + down): up 24.0 h; down 2 min in 2 incidents; not known 5 s, not counted');
});
