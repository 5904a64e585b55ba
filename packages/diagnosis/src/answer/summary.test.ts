import { expect, test } from 'vitest';
import { caseOf, failing, nginx502 } from '../case.fixture.ts';
import type { Case } from '../case.ts';
import { type Cause, causeFacts } from '../causes.ts';
import { factsOf } from '../facts.ts';
import { logOf } from './log.fixture.ts';
import { summaryOf } from './summary.ts';

const said = (seen: Case, ...named: readonly (readonly [Cause, number])[]): string =>
  summaryOf(
    named.map(([cause, confidence]) => ({
      cause,
      confidence,
      hop: causeFacts[cause].hop,
      words: causeFacts[cause].words,
    })),
    factsOf(seen),
  );

test('one cause that stands out is named with how sure that is', () => {
  expect(said(caseOf(nginx502()), ['origin-not-listening', 0.64], ['origin-closed-early', 0.2])).toBe(
    'nginx answered 502 at once: most likely nothing listens where the gateway looks for the application (64 %).',
  );
});
test('an open case names those that remain, and none alone', () => {
  const sentence = said(
    caseOf(nginx502()),
    ['origin-not-listening', 0.4],
    ['origin-closed-early', 0.2],
    ['slow', 0.01],
  );
  expect(sentence).toContain('can’t separate');
  expect(sentence).toContain('40 %');
  expect(sentence).toContain('20 %');
  expect(sentence).not.toContain('most likely');
  expect(sentence).not.toContain('slowly');
});
test('a log confirms only what it says', () => {
  const seen = caseOf(nginx502(), { log: logOf('socket-missing', 'unix:/run/x.sock') });
  expect(said(seen, ['socket-missing', 0.99])).toContain('as the log confirms');
  expect(said(seen, ['origin-reset', 0.99])).not.toContain('log');
});
test('what was seen is told as it was: a wait, no answer, a name that led nowhere', () => {
  expect(said(caseOf(failing(504, 60_010)), ['origin-timeout', 0.7])).toMatch(
    /^Something on the way answered 504 after 60\.0 s/u,
  );
  const away = { failure: { kind: 'network', phase: 'dns', code: 'ENOTFOUND' } } as const;
  expect(said(caseOf(away), ['dns-no-such-name', 0.97])).toMatch(/^The name led nowhere/u);
  expect(said(caseOf({ failure: { kind: 'timeout', afterMs: 5_000 } }), ['gateway-hang', 0.7])).toContain('within 5 s');
});
