import { type Diagnosis, diagnose } from '@farwatch/diagnosis';
import { expect, test } from 'vitest';
import type { Ran } from './run.ts';
import type { Truth } from './scenario.ts';
import { confusionOf, figuresOf, openOnes, scoreOne } from './score.ts';

const look: Ran['seen']['look'] = {
  ...{ ref: null, url: 'http://shop.example/', method: 'GET', degraded: null, totalMs: 5, phases: null, hops: [] },
  ...{ failure: { kind: 'status', status: 502 }, findings: [], twin: null },
  answer: { status: 502, reason: null, httpVersion: '1.1', headers: [['Server', 'x']], body: 'no', bodyBytes: 2 },
};
const ran = (id: string, truth: Partial<Truth>): Ran => ({
  ...{ id, logText: '', startedAt: 0, isOpen: false },
  seen: { host: 'shop.example', look, others: [], before: null, log: null, downForMs: null },
  truth: { wrote: 'nginx', broke: ['origin'], causes: ['origin-not-listening'], ...truth },
});
const told = (more: Partial<Diagnosis>): Diagnosis => ({ ...diagnose(ran('x', {}).seen), ...more });
const wroteBy = (product: string) => ({ product, name: product, hop: 'gateway', confidence: 0.9 }) as const;
const cause = (name: 'origin-not-listening' | 'healthy' | 'origin-timeout', confidence: number) =>
  ({ cause: name, hop: 'origin', confidence, words: '' }) as const;

test('a wrong name, a wrong hop and a wrong cause count as wrong, and unknown as neither right nor wrong', () => {
  const wrong = scoreOne(
    ran('a', {}),
    told({ wroteBy: wroteBy('caddy'), broke: { hop: 'edge', confidence: 1 }, causes: [cause('origin-timeout', 0.95)] }),
    false,
  );
  expect([wrong.wrote, wrong.hop, wrong.cause]).toEqual(['wrong', 'wrong', 'wrong']);
  expect(scoreOne(ran('a', {}), told({ wroteBy: wroteBy('unknown') }), false).wrote).toBe('unknown');
  const figures = figuresOf([wrong], []);
  expect([figures.wrongNames, figures.hopRight, figures.causeFirst, figures.sureRight]).toEqual([1, 0, 0, 0]);
});
test('a confident answer where nothing decides is wrong, even if it is true', () => {
  const sure = scoreOne(ran('a', {}), told({ causes: [cause('origin-not-listening', 0.95)] }), true);
  const modest = scoreOne(ran('a', {}), told({ causes: [cause('origin-not-listening', 0.5)] }), true);
  expect([figuresOf([sure], []).openInSet, figuresOf([sure], []).sureRight]).toEqual([0, 0]);
  expect(figuresOf([modest], []).openInSet).toBe(100);
});
test('a masked fault that is called healthy is not noticed', () => {
  const blind = scoreOne(ran('a', { isMasked: true }), told({ causes: [cause('healthy', 0.9)] }), false);
  expect(figuresOf([blind], []).maskedNoticed).toBe(0);
});
test('the same bytes with two causes are open, with one they aren’t', () => {
  const two = [ran('a', {}), ran('b', { causes: ['origin-reset'] })];
  expect([...openOnes(two)]).toEqual(['a', 'b']);
  expect([...openOnes([ran('a', {}), ran('c', {})])]).toEqual([]);
});
test('the confusion is written out', () => {
  const scored = scoreOne(ran('a', {}), told({ causes: [cause('origin-timeout', 0.5)] }), false);
  expect(confusionOf([scored])).toContain('origin-not-listening → origin-timeout');
});
