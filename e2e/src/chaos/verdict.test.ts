import { expect, test } from 'vitest';
import type { Heard, Told, Tone } from './heard.ts';
import { itemsOf } from './heard.ts';
import { judge } from './verdict.ts';

let count = 0;
const told = (tone: Tone, over: Partial<Told> = {}): Told => ({
  ...{ deliveryId: `d${count++}`, channelId: 'c', kind: 'email', name: 'site0001', tone, status: 'delivered' },
  ...{ reason: null, bundleId: null, attempts: 1, ...over },
});
const heard = (tones: readonly Tone[], identity = `m${count++}`): Heard => ({
  ...{ at: 0, channelId: 'c', identity, text: '' },
  items: tones.map((tone) => ({ name: 'site0001', tone })),
});
const faults = (planned: readonly Told[], taken: readonly Heard[], kills = 1): string =>
  judge(planned, taken, kills).broken.join('\n');
const left = { status: 'dropped', reason: 'told together with its recovery' } as const;

test('all heard in order, one of it twice under the same id, is sound', () => {
  const down = heard(['down']);
  expect(faults([told('down'), told('up'), told('down')], [down, down, heard(['up']), heard(['down'])])).toBe('');
});
test('a down that was told together with its recovery may have been heard or not', () => {
  expect(faults([told('down', left), told('up')], [heard(['up'])])).toBe('');
  expect(faults([told('down', left), told('up')], [heard(['down']), heard(['up'])])).toBe('');
});
test('a message that tells of several counts for each', () => {
  expect(faults([told('down', left), told('up'), told('down')], [heard(['down', 'up'])])).toBe('');
});
test.each([
  ['what nobody took', [told('down'), told('up')], [heard(['down'])], /never heard: site0001 up/],
  ['a recovery before its down', [told('down'), told('up')], [heard(['up']), heard(['down'])], /up was told before/],
  ['a down after its recovery', [told('down', left), told('up')], [heard(['up']), heard(['down'])], /under another id/],
  ['a repeat under another id', [told('down')], [heard(['down']), heard(['down'])], /under another id/],
  ['a dead letter', [told('down', { status: 'failed' })], [], /not delivered/],
  ['what waits for ever', [told('down', { status: 'pending' })], [], /not delivered/],
  ['a down left out whose recovery is not told', [told('down', left)], [], /not delivered/],
  [
    'what was left out for no reason',
    [told('down', { status: 'dropped' }), told('up')],
    [heard(['up'])],
    /not delivered/,
  ],
  ['a message of nobody', [told('down')], [heard(['down']), { ...heard(['up']), channelId: 'x' }], /of nobody, to x/],
] as const)('%s is seen', (_, planned, taken, fault) => expect(faults(planned, taken)).toMatch(fault));
test('more repeats than kills are seen', () => {
  const down = heard(['down']);
  expect(faults([told('down')], [down, down, down], 2)).toBe('');
  expect(faults([told('down')], [down, down, down], 1)).toMatch('2 repeats for 1 kills');
});
test('what a message tells is read off its text, of one monitor and of several', () => {
  expect(itemsOf('🔴 site0007 is down\nsite0007 has been down since …')).toEqual([{ name: 'site0007', tone: 'down' }]);
  const several =
    'They are told together, because …\nDown: site0001 (502, 14:01 UTC)\nUp again: site0002 (2 s), site0003 (1 min)';
  expect(itemsOf(several)).toEqual([
    { name: 'site0001', tone: 'down' },
    { name: 'site0002', tone: 'up' },
    { name: 'site0003', tone: 'up' },
  ]);
});
