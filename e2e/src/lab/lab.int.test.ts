import { diagnose } from '@farwatch/diagnosis';
import { needs } from '@farwatch/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from './all.ts';
import { phpFpmNames } from './php-fpm.ts';
import { isInstalled } from './program.ts';
import { readLogOf } from './read-log.ts';
import { canRun, type Ran, runAll } from './run.ts';
import { type Figures, figuresOf, openOnes, type Scored, scoreOne } from './score.ts';
import { smallNames } from './small-gateways.ts';

const programs: readonly (readonly string[])[] = [
  ...[['nginx'], ['apache2', 'httpd'], ['haproxy'], ['varnishd'], ['squid'], ['caddy'], ['lighttpd']],
  phpFpmNames,
];
const lab = needs(
  'nginx, apache2, haproxy, varnish, squid, caddy, lighttpd and php-fpm',
  programs.every((names) => isInstalled(...names)),
);

lab.describe('who broke it, seen live from outside, with real gateways', () => {
  let outside: readonly Scored[] = [];
  let withLog: readonly Scored[] = [];
  let figures: Figures;

  beforeAll(async () => {
    const ran = await runAll();
    const open = openOnes(ran);
    const again = (one: Ran): Ran => ({ ...one, seen: { ...one.seen, log: readLogOf(one) } });
    outside = ran.map((one) => scoreOne(one, diagnose(one.seen), open.has(one.id)));
    withLog = ran
      .map(again)
      .filter(({ seen }) => (seen.log?.counts.length ?? 0) > 0)
      .map((one) => scoreOne(one, diagnose(one.seen), false));
    figures = figuresOf(outside, withLog);
  }, 240_000);

  const named = (some: readonly Scored[]): readonly string[] => some.map(({ id }) => id);

  test('every scenario was played', () => {
    expect(named(outside)).toEqual(scenarios.filter(canRun).map(({ id }) => id));
    expect(scenarios.length).toBeGreaterThan(400);
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
    expect(figures.withLog).toBeGreaterThan(120);
  });
  for (const name of smallNames)
    needs(name, isInstalled(name)).test(`${name} was one of them, and was known by what it wrote`, () => {
      const its = outside.filter(({ ran }) => ran.truth.wrote === name);
      expect(its.length).toBeGreaterThan(4);
      expect(named(its.filter(({ wrote }) => wrote !== 'right'))).toEqual([]);
    });
  test('who spoke is known, and nobody is named wrongly', () => {
    expect(named(outside.filter(({ wrote }) => wrote === 'wrong'))).toEqual([]);
    expect(figures.wroteRight).toBeGreaterThanOrEqual(98);
  });
  test('the hop is the right one, and whoever passed an error on is never blamed', () => {
    expect(figures.relayed).toBeGreaterThan(120);
    expect(named(outside.filter(({ ran, hop }) => ran.truth.isRelayed === true && hop === 'wrong'))).toEqual([]);
    expect(figures.hopRight).toBeGreaterThanOrEqual(97);
  });
  test('where it can be told, the true cause comes first', () => {
    expect(figures.decidable).toBeGreaterThan(250);
    expect(figures.causeFirst).toBeGreaterThanOrEqual(90);
  });
  test('where it can’t, the true cause is in the set, and none is told with confidence', () => {
    expect(figures.open).toBeGreaterThan(60);
    expect(figures.openInSet).toBeGreaterThanOrEqual(97);
  });
  test('with the log of the gateway it comes first', () => {
    expect(figures.causeFirstWithLog).toBeGreaterThanOrEqual(98);
  });
  test('faults that end as a 200 are noticed, and healthy answers are left alone', () => {
    expect([figures.masked >= 70, figures.healthy >= 30]).toEqual([true, true]);
    expect(figures.maskedNoticed).toBeGreaterThanOrEqual(95);
    expect([figures.falseFaults, figures.falseAlarms]).toEqual([0, 0]);
  });
  test('what is told as sure is so', () => {
    expect(figures.sure).toBeGreaterThan(50);
    expect(figures.sureRight).toBeGreaterThanOrEqual(90);
  });
  describe('each answer', () => {
    test('can be acted on, and leaks nothing to visitors', () => {
      for (const { diagnosis, id } of outside) {
        const { summary, firstFix, nextCheck, disproof, visitor, evidence, causes } = diagnosis;
        expect([
          id,
          summary !== '',
          firstFix.text !== '',
          nextCheck.text !== '',
          disproof !== '',
          evidence.length > 0,
          causes.length > 0,
        ]).toEqual([id, true, true, true, true, true, true]);
        expect(visitor).not.toMatch(/nginx|apache|haproxy|varnish|squid|caddy|lighttpd|php|\/var|\/run/iu);
      }
    });
  });
});
