import { diagnose } from '@farwatch/diagnosis';
import { runAll } from '@farwatch/e2e/lab';
import { readLogOf } from '@farwatch/e2e/lab/read-log';
import { confusionOf, figuresOf, openOnes, scoreOne } from '@farwatch/e2e/lab/score';
import type { Figure } from '../report.ts';

/** Runs the lab's scenarios live and counts how often the diagnosis is right; prints what was told for what. */
export const measureScenarios = async (): Promise<readonly Figure[]> => {
  const ran = await runAll();
  const open = openOnes(ran);
  const outside = ran.map((one) => scoreOne(one, diagnose(one.seen), open.has(one.id)));
  const logged = ran
    .map((one) => ({ ...one, seen: { ...one.seen, log: readLogOf(one) } }))
    .filter(({ seen }) => seen.log.counts.length > 0)
    .map((one) => scoreOne(one, diagnose(one.seen), false));
  const f = figuresOf(outside, logged);
  process.stdout.write(`\nTrue cause → cause told first, from outside alone\n${confusionOf(outside)}\n`);
  process.stdout.write(`\nTrue cause → cause told first, with the log\n${confusionOf(logged)}\n`);
  const of = (name: string, count: number): string => `${name} (of ${count})`;
  return [
    { name: 'scenarios played with real gateways', value: f.scenarios, unit: '', wanted: '≥ 60' },
    { name: 'who spoke: right', value: f.wroteRight, unit: '%', wanted: '≥ 98' },
    { name: 'who spoke: wrong names', value: f.wrongNames, unit: '', wanted: '0' },
    { name: of('responsible hop: right', f.scenarios), value: f.hopRight, unit: '%', wanted: '≥ 97' },
    { name: of('wrong blame on relayed errors', f.relayed), value: f.wrongBlame, unit: '', wanted: '0' },
    {
      name: of('cause first, from outside, where it decides', f.decidable),
      value: f.causeFirst,
      unit: '%',
      wanted: '≥ 90',
    },
    { name: of('cause first, with the log', f.withLog), value: f.causeFirstWithLog, unit: '%', wanted: '≥ 98' },
    { name: of('true cause in an open set, none confident', f.open), value: f.openInSet, unit: '%', wanted: '≥ 97' },
    { name: of('faults that end as a 200: noticed', f.masked), value: f.maskedNoticed, unit: '%', wanted: '≥ 95' },
    {
      name: of('healthy controls called broken', f.healthy),
      value: f.falseFaults + f.falseAlarms,
      unit: '',
      wanted: '0',
    },
    { name: of('answers told at 90 % or more: right', f.sure), value: f.sureRight, unit: '%', wanted: '≥ 90' },
  ];
};
