import { type Cause, causeFacts } from '../causes.ts';
import type { RankedCause } from '../diagnosis.ts';
import type { Facts } from '../rules/rule.ts';
import { isToldByLog } from './settled.ts';

const standsOut = 0.6;
const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;

const paceWords = { instant: ' at once', timeout: ' after a timeout', between: '' } as const;
const waitOf = ({ pace, waitedMs }: Facts): string => {
  if (pace === null) return '';
  return pace === 'between' || pace === 'timeout'
    ? ` after ${((waitedMs ?? 0) / 1_000).toFixed(1)} s`
    : paceWords[pace];
};

const timeoutWords = ({ seen: { look } }: Facts): string | null =>
  look.failure?.kind === 'timeout'
    ? `There was no whole answer within ${(look.failure.afterMs / 1_000).toFixed(0)} s`
    : null;

/** What was seen, without a word of why. */
const seenWords = (facts: Facts): string => {
  const { speaker, seen } = facts;
  const { answer, failure, degraded } = seen.look;
  const timeout = timeoutWords(facts);
  if (timeout !== null) return timeout;
  if (answer === null || answer.status === null) {
    if (seen.log !== null && answer === null && failure === null) return 'The log was read';
    if (answer !== null) return 'A page was answered whose status is not known';
    return failure?.kind === 'network' && failure.phase === 'dns' ? 'The name led nowhere' : 'There was no HTTP answer';
  }
  const who =
    speaker.wroteBy.product === null || speaker.wroteBy.product === 'unknown'
      ? 'Something on the way'
      : speaker.wroteBy.name;
  if (answer.status < 400)
    return degraded === null ? `The answer was ${answer.status}` : `The answer was ${answer.status}, but ${degraded}`;
  return `${who} answered ${answer.status}${waitOf(facts)}`;
};

const said = (cause: Cause): string => causeFacts[cause].words;
const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join('; ')}; or ${parts.at(-1)}`;

/** One plain sentence for the owner. Where what was seen can't separate the causes, it names those that remain. */
export const summaryOf = (ranked: readonly RankedCause[], facts: Facts): string => {
  const [first, ...others] = ranked;
  if (first === undefined) return '';
  const { cause, confidence } = first;
  if (cause === 'healthy' && confidence >= standsOut)
    return `${seenWords(facts)}: nothing is wrong with it, as far as can be seen from outside.`;
  if (isToldByLog(facts, first)) return `${seenWords(facts)}: ${said(cause)}, as the log confirms.`;
  if (confidence >= standsOut) return `${seenWords(facts)}: most likely ${said(cause)} (${percent(confidence)}).`;
  const rest = others.filter((each) => each.confidence >= 0.05).slice(0, 3);
  return `${seenWords(facts)}; what was seen can’t separate the causes: ${listed([first, ...rest].map((each) => `${each.words} (${percent(each.confidence)})`))}.`;
};
