import type { Cause, Diagnosis } from '@farwatch/diagnosis';
import type { Ran } from './run.ts';

/** Above this an answer is told with confidence: where nothing separates the causes it is wrong, even if it is true. */
const confident = 0.9;

export type Scored = Readonly<{
  id: string;
  ran: Ran;
  diagnosis: Diagnosis;
  /** Without a log nothing outside separates this cause from another with the same answer. */
  isOpen: boolean;
  wrote: 'right' | 'unknown' | 'wrong';
  hop: 'right' | 'wrong';
  cause: 'right' | 'wrong';
}>;

/** What an outside check can tell two failures apart by: who answers, how, and how fast. Numbers that count nothing are left out. */
const lookOf = ({ seen: { look } }: Ran): string => {
  const { answer, failure, hops, findings, method, twin } = look;
  const waited = (hops.at(-1)?.phases.firstByteMs ?? 0) - (hops.at(-1)?.phases.connectMs ?? 0);
  const whole = Math.round(waited / 1_000);
  const pace = waited < 100 ? 'instant' : Math.abs(waited - whole * 1_000) < 130 ? 'round' : 'between';
  const body = (answer?.body ?? '').replaceAll(/\d+/gu, '#');
  const names = (answer?.headers ?? []).flatMap(([name, value]) =>
    /^(?:server|x-squid-error|via|x-powered-by|x-cache-status)$/iu.test(name)
      ? [`${name}: ${/^x-squid/iu.test(name) ? value : value.replaceAll(/\d{3,}/gu, '#')}`] // Squid's is an error's number
      : [],
  );
  return JSON.stringify([
    method,
    answer?.status,
    answer?.reason,
    names,
    body,
    failure,
    findings.map(({ code }) => code),
    pace,
    twin === null ? null : [twin.verdict, twin.reason],
  ]);
};

/** The scenarios whose answers are like those of another one with another cause: the same bytes, many causes. */
export const openOnes = (all: readonly Ran[]): ReadonlySet<string> => {
  const alike = Map.groupBy(all, lookOf);
  const open = [...alike.values()].filter(
    (group) =>
      !group.every((each) =>
        group.every((other) => each.truth.causes.some((cause) => other.truth.causes.includes(cause))),
      ),
  );
  return new Set([...open.flat(), ...all.filter(({ isOpen }) => isOpen)].map(({ id }) => id));
};

const wroteOf = ({ truth }: Ran, { wroteBy }: Diagnosis): Scored['wrote'] => {
  const said = wroteBy.product ?? 'none';
  if (said === truth.wrote) return 'right';
  if (truth.wrote === 'other') return said === 'unknown' || wroteBy.hop === 'origin' ? 'right' : 'wrong';
  return said === 'unknown' ? 'unknown' : 'wrong';
};

export const scoreOne = (ran: Ran, diagnosis: Diagnosis, isOpen: boolean): Scored => ({
  ...{ id: ran.id, ran, diagnosis, isOpen },
  wrote: wroteOf(ran, diagnosis),
  hop: ran.truth.broke.includes(diagnosis.broke.hop) ? 'right' : 'wrong',
  cause: ran.truth.causes.some((cause) => cause === diagnosis.causes[0]?.cause) ? 'right' : 'wrong',
});

const share = <T>(all: readonly T[], wanted: (one: T) => boolean): number =>
  all.length === 0 ? 100 : (100 * all.filter(wanted).length) / all.length;

const isNoticed = ({ diagnosis }: Scored): boolean => {
  const [first] = diagnosis.causes;
  return first !== undefined && first.cause !== 'healthy';
};
const isInSet = ({ ran, diagnosis }: Scored): boolean =>
  diagnosis.causes.some(({ cause }) => ran.truth.causes.some((true_) => true_ === cause)) &&
  (diagnosis.causes[0]?.confidence ?? 1) < confident;
const saysBroken: ReadonlySet<Cause> = new Set<Cause>(['compression-or-length', 'truncated-body']);

/** The figures of the issue, each in percent or as a count, with what it was taken over. */
export const figuresOf = (outside: readonly Scored[], withLog: readonly Scored[]) => {
  const answered = outside.filter(({ ran }) => ran.truth.wrote !== 'none');
  const relayed = outside.filter(({ ran }) => ran.truth.isRelayed === true);
  const closed = outside.filter(({ isOpen }) => !isOpen);
  const masked = outside.filter(({ ran }) => ran.truth.isMasked === true);
  const healthy = outside.filter(({ ran }) => ran.truth.isHealthy === true);
  const sure = [...outside, ...withLog].filter(({ diagnosis }) => (diagnosis.causes[0]?.confidence ?? 0) >= confident);
  const open = outside.filter(({ isOpen }) => isOpen);
  return {
    scenarios: outside.length,
    wroteRight: share(answered, ({ wrote }) => wrote === 'right'),
    wrongNames: answered.filter(({ wrote }) => wrote === 'wrong').length,
    hopRight: share(outside, ({ hop }) => hop === 'right'),
    relayed: relayed.length,
    wrongBlame: relayed.filter(({ hop }) => hop === 'wrong').length,
    decidable: closed.length,
    causeFirst: share(closed, ({ cause }) => cause === 'right'),
    withLog: withLog.length,
    causeFirstWithLog: share(withLog, ({ cause }) => cause === 'right'),
    open: open.length,
    openInSet: share(open, isInSet),
    masked: masked.length,
    maskedNoticed: share(masked, isNoticed),
    healthy: healthy.length,
    falseFaults: healthy.filter(({ diagnosis }) => saysBroken.has(diagnosis.causes[0]?.cause ?? 'healthy')).length,
    falseAlarms: healthy.filter(isNoticed).length,
    sure: sure.length,
    sureRight: share(sure, ({ cause, isOpen, ran }) => cause === 'right' && !(isOpen && ran.logText === '')),
  };
};
export type Figures = ReturnType<typeof figuresOf>;

/** Which cause was told for which: rows are true, columns told; only what was told at least once. */
export const confusionOf = (scored: readonly Scored[]): string => {
  const pairs = Map.groupBy(scored, ({ ran, diagnosis }) => `${ran.truth.causes[0]} → ${diagnosis.causes[0]?.cause}`);
  const lines = [...pairs].map(([pair, some]) => `  ${String(some.length).padStart(4)}  ${pair}`);
  return lines.sort((a, b) => a.slice(8).localeCompare(b.slice(8))).join('\n');
};
