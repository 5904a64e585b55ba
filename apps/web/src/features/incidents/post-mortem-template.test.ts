import { expect, test } from 'vitest';
import { anIncident } from '../../testing.fixture.tsx';
import { templateOf } from './post-mortem-template.ts';

const mark = (text: string) =>
  ({
    ...{ id: 'x', kind: 'deploy', text, at: '2026-11-23T03:55:00.000Z', appliesTo: { kind: 'all' } },
    ...{ author: 'ada', createdAt: '2026-11-23T03:55:00.000Z' },
  }) as const;
const incident = (change: object = {}) => ({
  ...anIncident(),
  ...{ spans: [], codes: [], regionBounds: [], marks: [], children: [] },
  ...change,
});

test('what people and sites wrote stays text in a template', () => {
  const text = templateOf(
    incident({ monitorName: '*Shop*', marks: [mark('v1\n# <b>[x](y)</b>')] }),
    'It ended (63 %).',
    'UTC',
  );
  expect(text).toContain(String.raw`# \*Shop\*: HTTP 502`);
  expect(text).toContain(String.raw`: v1 # \<b>\[x\](y)\</b>`);
  expect(text).toContain('It ended (63 %).');
});

test('the timeline goes from what came before to the clear', () => {
  const codes = [{ code: '502', startedAt: '2026-11-23T04:00:00.120Z', endedAt: null, regions: ['fra'] }];
  const taken = {
    acknowledgedAt: '2026-11-23T04:01:00.000Z',
    acknowledgedBy: { accountId: null, name: 'Bob', via: 'sms' },
  };
  const lines = templateOf(incident({ codes, marks: [mark('v1.42')], ...taken }), null, 'UTC').split('\n');
  expect(lines.filter((line) => line.startsWith('- Nov'))).toEqual([
    expect.stringMatching(/03:55.*v1\.42$/u),
    expect.stringMatching(/04:00.*`502` in fra$/u),
    expect.stringMatching(/04:01.*Bob took it$/u),
    expect.stringMatching(/04:04.*cleared$/u),
  ]);
});
