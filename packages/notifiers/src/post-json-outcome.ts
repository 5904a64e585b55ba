import type { Outcome } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';
import type { Answer, Broken } from './post-json.ts';
import { retryAfterMs } from './retry-after.ts';

// What every provider that speaks HTTP has in common: how an outcome is put in words and when it may be repeated.

type Retry = Extract<Outcome, { kind: 'retry' }>;
type Rejected = Extract<Outcome, { kind: 'rejected' }>;

const line = (text: string): string => cut(oneLine(text), 500);

/** A fault of the installation's own settings: nothing goes to the provider for a while, nobody's channel is to blame. */
export const operatorsFault = (reason: string): Retry => ({
  kind: 'retry',
  reason: line(reason),
  afterMs: 300_000,
  holds: 'provider',
  operator: true,
});

export const later = (reason: string, afterMs?: number): Retry => ({
  kind: 'retry',
  reason: line(reason),
  ...(afterMs === undefined ? {} : { afterMs }),
});

export const held = (reason: string, holds: 'channel' | 'provider', afterMs: number): Retry => ({
  kind: 'retry',
  reason: line(reason),
  afterMs,
  holds,
});

export const rejected = (reason: string, broken: boolean): Rejected => ({
  kind: 'rejected',
  reason: line(reason),
  broken,
});

export const delivered = (answer: string): Extract<Outcome, { kind: 'delivered' }> => ({
  kind: 'delivered',
  answer: line(answer),
});

/** A call without an answer. `whose` is whose address it was: a denied one is for that side to mend. */
export const brokenOutcome = (
  provider: string,
  { broken, timedOut }: Broken,
  whose: 'channel' | 'operator',
): Retry | Rejected => {
  if (timedOut) return later(`${provider}: no answer in time`);
  if (broken === 'ADDRESS_DENIED' || broken === 'PORT_DENIED') {
    const reason = `${provider}: this address may not be called (${broken})`;
    return whose === 'operator' ? operatorsFault(reason) : rejected(reason, false);
  }
  return later(`${provider}: the call failed (${broken})`);
};

/** `HTTP 503: <html>unavailable</html>` */
export const httpWords = ({ status, text }: Answer): string => {
  const said = oneLine(text.slice(0, 2_000));
  return said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
};

/** How long to wait when a rate limit does not say it. */
const unsaidMs = 30_000;

export const askedMs = ({ headers }: Answer, now: number): number =>
  retryAfterMs(headers['retry-after'], now) ?? unsaidMs;

/** Later may be better: overload, a passing fault, and a redirect, which somebody has to mend. */
export const worthRepeating = (status: number): boolean =>
  status < 400 || status >= 500 || status === 408 || status === 425 || status === 429;

/** 503 and its like may say when to come back; that is obeyed, but it is no rate limit. */
export const laterAsAsked = (reason: string, { headers }: Answer, now: number): Retry =>
  later(reason, retryAfterMs(headers['retry-after'], now));
