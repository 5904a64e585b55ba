import type { Assertion } from '@farwatch/domain';
import { describe, expect, test } from 'vitest';
import { knownSecrets } from '../evidence/secrets.ts';
import { ofOutcome, seen } from './assertions.fixture.ts';
import { type Asserted, assertionOutcome } from './assertions.ts';

describe('secrets in what an answer was', () => {
  const token = 'TOKEN-abcdefghijklmnopqrstuvwxyz-0123456789';
  const secrets = knownSecrets([`Bearer ${token}`], ['url-secret']);
  const wordsOf = async (assertion: Assertion, changes: Partial<Asserted>): Promise<string> =>
    ofOutcome(await assertionOutcome([assertion], { ...seen, ...changes }, secrets));
  const equals = { compare: 'equals', value: 'x' } as const;
  const header = (name: string, value: string): Partial<Asserted> => ({ headers: [[name, value]] });
  const [padding, body] = ['p'.repeat(180), { kind: 'body', ...equals } as const];
  test.each<[string, Assertion, Partial<Asserted>, string]>([
    [
      'a cookie',
      { kind: 'header', name: 'set-cookie', ...equals },
      header('Set-Cookie', 'sid=abc; Path=/'),
      'sid=[redacted]; Path=/',
    ],
    [
      'a cookie without a name',
      { kind: 'header-present', name: 'set-cookie', present: false },
      header('set-cookie', 'abc; Path=/'),
      '[redacted]; Path=/',
    ],
    [
      'a URL’s token',
      { kind: 'final-url', ...equals },
      { url: 'https://a.example/?access_token=abc' },
      'https://a.example/?access_token=[redacted]',
    ],
    ['a key that is echoed', body, { body: 'you asked /?api_key=abc' }, 'you asked /?api_key=[redacted]'],
    ['a URL’s secret elsewhere', body, { body: 'no such key: url-secret' }, 'no such key: [redacted]'],
    ['a credential at the cut', body, { body: `${padding}Bearer ${token}` }, `${padding}[redacted]`],
    ['a credential in a value', { kind: 'json', path: '$.a', ...equals }, { body: `{"a":"${token}"}` }, '[redacted]'],
  ])('%s is not said', async (_, assertion, changes, got) => {
    expect(await wordsOf(assertion, changes)).toContain(` | ${JSON.stringify(got)}`);
  });
  test('are found before the cut, wherever it falls and however often they come', async () => {
    for (let at = 16_300; at < 16_500; at += 7) {
      const words = await wordsOf(body, { body: `//${' '.repeat(at)}${`${token} `.repeat(400)}` });
      expect(words).not.toContain('TOKEN');
    }
    const often = await wordsOf(body, { body: token.repeat(2_000) });
    expect(often).not.toMatch(/TOKEN|abcdef/u);
  });
  test('make the words no longer than a result may hold', async () => {
    const short = knownSecrets(['Bearer abcd'], []);
    const all = Array.from({ length: 16 }, (_, i): Assertion => ({ kind: 'body', compare: 'equals', value: `x${i}` }));
    const outcome = await assertionOutcome(all, { ...seen, body: 'abcd '.repeat(60) }, short);
    expect(outcome).toMatchObject({ verdict: 'down', failure: { got: expect.stringMatching(/^"\[redacted\]/u) } });
    if (outcome?.verdict === 'down' && outcome.failure.kind === 'assertion')
      expect(outcome.failure.got.length).toBeLessThanOrEqual(2_000);
  });
});
