import { expect, test } from 'vitest';
import { differences } from './differences.ts';
import { parseReplay } from './replay-arguments.ts';

const env = { FARWATCH_API_KEY: 'fw_x' };

test('what is not said is a day, on this machine, with the monitor’s own settings', () => {
  expect(parseReplay(['m'], env, 86_400_000)).toEqual({
    ...{ url: 'http://127.0.0.1:3000', key: 'fw_x', monitorId: 'm', from: 0, to: 86_400_000 },
    ...{ compare: false, settings: {} },
  });
});
test('settings can be tried', () => {
  const tried = ['m', '--agree', '3', '--failures', '2', '--compare', '--from', '2026-11-27T00:00:00Z'];
  expect(parseReplay(tried, env, Date.parse('2026-11-28'))).toMatchObject({
    ...{ compare: true, settings: { agree: 3, failuresToOpen: 2 }, from: Date.parse('2026-11-27') },
  });
});
test.each([
  [[], 'which monitor?'],
  [['m', '--agree', 'most'], '--agree is a whole number'],
  [['m', '--from', 'yesterday'], '--from is a moment'],
  [['m', '--from', '2030-01-01'], 'must lie before'],
])('%j is refused in words', (args, words) => expect(() => parseReplay(args, env, 0)).toThrow(words));
test('without a key it says so', () => expect(() => parseReplay(['m'], {}, 0)).toThrow('an API key is needed'));

test.each([
  [['m', '--key', 'fw_secret\nvalue'], 'fw_secret'],
  [['m', '--url', 'http://user:hidden@127.0.0.1/'], 'hidden'],
])('%j is refused and the secret not repeated', (args, secret) => {
  expect(() => parseReplay(args, env, 0)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(secret) }),
  );
});

test('lists of incidents are compared byte for byte', () => {
  const one = { startedAt: 'a', resolvedAt: null, endReason: null, cause: { kind: 'timeout' }, regions: ['fra'] };
  expect(differences([one], [{ ...one }])).toEqual([]);
  expect(differences([one], [{ ...one, startedAt: 'b' }])).toHaveLength(2);
  expect(differences([one, one], [one])).toHaveLength(1);
});
