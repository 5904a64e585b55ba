import { describe, expect, test } from 'vitest';
import { alertFaults } from './alert-faults.ts';
import { soundHistory } from './history.fixture.ts';
import type { History } from './history.ts';
import { incidentFaults } from './incident-faults.ts';
import { lookFaults } from './look-faults.ts';

const faults = (history: History): string =>
  [lookFaults, incidentFaults, alertFaults].flatMap((check) => check(history).faults).join('\n');
/** One of a list, changed; or gone, or there twice. */
const changed = <T>(list: readonly T[], at: number, to: (one: T) => readonly T[]): readonly T[] =>
  list.flatMap((one, i) => (i === at ? to(one) : [one]));
const later = (text: string | null, ms: number): string => new Date(Date.parse(text ?? '') + ms).toISOString();

const sound = soundHistory();
const firstDown = sound.results.findIndex(({ outcome }) => outcome.verdict === 'down');
const calm = 5;

test('a sound history has incidents and no fault', () => {
  expect(sound.incidents).toHaveLength(2);
  expect(sound.calls).toHaveLength(4);
  expect(faults(sound)).toBe('');
});
test('a message that comes again under its id, and a look that died with its probe, are sound', () => {
  const call = sound.calls[0];
  const dead = sound.results[calm];
  if (call === undefined || dead === undefined) throw new Error('there are none');
  const { region, startedAt } = dead;
  const missed = { ...dead, status: null, outcome: { verdict: 'missed', reason: 'restart' } } as const;
  const kills = [{ region, at: startedAt + 500 }];
  const results = changed(sound.results, calm, () => [missed]);
  expect(faults({ ...sound, calls: [...sound.calls, call], results, kills })).toBe('');
});

type Plant = readonly [what: string, plant: (history: History) => Partial<History>, fault: RegExp];
const looks: readonly Plant[] = [
  ['a result that is gone', ({ results }) => ({ results: changed(results, calm, () => []) }), /nothing is told of/],
  ['a look that was made and lost', ({ results }) => ({ results: changed(results, calm, () => []) }), /seen and lost/],
  [
    'a look that was made and is told as missed though its probe lived',
    ({ results }) => ({
      results: changed(results, calm, (one) => [{ ...one, outcome: { verdict: 'missed', reason: 'restart' } }]),
    }),
    /seen and lost/,
  ],
  [
    'a look that was lost long before its probe was killed',
    ({ results, answers }) => ({
      results: changed(results, calm, () => []),
      kills: [{ region: answers[calm]?.region ?? '', at: (answers[calm]?.answeredAt ?? 0) + 10_000 }],
    }),
    /seen and lost/,
  ],
  [
    'a result that is there twice',
    ({ results }) => ({ results: changed(results, calm, (one) => [one, one]) }),
    /told twice/,
  ],
  [
    'a look that nobody made',
    ({ answers }) => ({ answers: changed(answers, calm, () => []) }),
    /the site knows nothing/,
  ],
  [
    'a look that says something else than the site',
    ({ results }) => ({ results: changed(results, calm, (one) => [{ ...one, status: 500 }]) }),
    /the site knows nothing/,
  ],
];
const incidents: readonly Plant[] = [
  ['an incident that is gone', ({ incidents: all }) => ({ incidents: all.slice(1) }), /no incident for/],
  ['an incident that is gone, by the log', ({ incidents: all }) => ({ incidents: all.slice(1) }), /only in the log/],
  [
    'an incident that is there twice',
    ({ incidents: all }) => ({ incidents: changed(all, 0, (one) => [one, { ...one, id: 'again' }]) }),
    /2 incidents for one outage/,
  ],
  [
    'a phantom',
    ({ incidents: all }) => ({
      incidents: changed(all, 0, (one) => [
        one,
        { ...one, id: 'x', startedAt: later(one.startedAt, 200_000), resolvedAt: later(one.resolvedAt, 200_000) },
      ]),
    }),
    /phantom/,
  ],
  [
    'a start that is another one than the log’s',
    ({ incidents: all }) => ({
      incidents: changed(all, 0, (one) => [{ ...one, startedAt: later(one.startedAt, 1_000) }]),
    }),
    /not in the log/,
  ],
  [
    'a true start outside the bounds',
    ({ incidents: all }) => ({
      incidents: changed(all, 0, (one) => [
        { ...one, bounds: { ...one.bounds, lastGoodAt: later(one.bounds.firstBadAt, -10) } },
      ]),
    }),
    /true start.*outside its bounds/,
  ],
  [
    'a true clear outside the bounds',
    ({ incidents: all }) => ({
      incidents: changed(all, 0, (one) => [
        { ...one, bounds: { ...one.bounds, firstGoodAt: later(one.bounds.lastBadAt, 10) } },
      ]),
    }),
    /true clear.*outside its bounds/,
  ],
  [
    'an incident that never ends',
    ({ incidents: all }) => ({
      incidents: changed(all, 0, (one) => [{ ...one, status: 'open', resolvedAt: null, endReason: null }]),
    }),
    /never resolved/,
  ],
];
const alerts: readonly Plant[] = [
  ['an opening that nobody was told', ({ calls }) => ({ calls: calls.slice(1) }), /never told/],
  ['an end that nobody was told', ({ calls }) => ({ calls: changed(calls, 1, () => []) }), /its end was never told/],
  [
    'an opening told twice, under two ids',
    ({ calls }) => ({ calls: changed(calls, 0, (one) => [one, { ...one, identity: 'other' }]) }),
    /told more than once/,
  ],
  [
    'an end told before its beginning',
    ({ calls }) => ({ calls: changed(calls, 1, (one) => [{ ...one, at: 0 }]) }),
    /its end was told first/,
  ],
  [
    'a message of an incident that is none',
    ({ calls }) => ({ calls: [...calls, { at: 0, identity: 'z', type: 'incident.opened', incidentId: 'nobody' }] }),
    /of an incident that is none/,
  ],
];
describe('a planted fault is seen', () => {
  test.each([...looks, ...incidents, ...alerts])('%s', (_, plant, fault) => {
    expect(faults({ ...sound, ...plant(sound) })).toMatch(fault);
  });
  test('more looks made twice than things were killed', () => {
    const [first] = sound.results;
    if (first === undefined || firstDown < 0) throw new Error('there are none');
    const confirmed = changed(sound.results, 0, (one) => [{ ...one, trigger: 'confirmation' as const }]);
    const site = sound.watched.find(({ monitor }) => monitor.id === first.monitorId)?.site ?? '';
    const again = {
      site,
      region: first.region,
      at: first.startedAt + 2_000,
      answeredAt: first.startedAt + 2_030,
      status: 200,
    };
    expect(faults({ ...sound, results: confirmed, answers: [...sound.answers, again] })).toBe('');
    const twice = [again, { ...again, at: again.at + 1, answeredAt: again.answeredAt + 1 }];
    expect(faults({ ...sound, results: confirmed, answers: [...sound.answers, ...twice] })).toMatch(
      /2 looks made twice/,
    );
  });
});
