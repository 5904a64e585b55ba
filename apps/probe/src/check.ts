import type { DialRules, look as lookFn } from '@farwatch/checker';
import { type Assignment, CheckResultSchema } from '@farwatch/contracts';
import {
  type AddressFamily,
  type CheckResult,
  type CheckTrigger,
  explain,
  type MissedReason,
  type Outcome,
} from '@farwatch/domain';
import { Compile } from 'typebox/compile';

export type Check = (
  assignment: Assignment,
  scheduledAt: number,
  trigger: CheckTrigger,
  family?: AddressFamily,
) => Promise<CheckResult>;
export type CheckSettings = Readonly<{
  region: string;
  userAgent: string;
  dialRules: DialRules;
  look: typeof lookFn;
  /** The probe's idea of now, epoch ms. */
  now: () => number;
  /** Whether the probe sees nothing at all, for a look that began then (ms of `performance.now`). */
  isLost: (lookBeganAt: number) => Promise<boolean>;
}>;

const wire = Compile(CheckResultSchema);

/** PostgreSQL's JSON takes neither half a character nor a NUL. */
const storable = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  return typeof value !== 'object' || value === null || Object.values(value).every(storable);
};
const fits = (result: CheckResult): boolean => wire.Check(result) && storable(result);

/** One result that breaks the contract or can't be stored would make the queue or the worker refuse its whole batch. */
const sound = (result: CheckResult): CheckResult => {
  if (fits(result)) return result;
  const { evidence: _evidence, details: _details, ...bare } = result;
  if (fits(bare)) return bare;
  const outcome = { verdict: 'inconclusive', reason: 'probe error: the result breaks the contract' } as const;
  return { ...blank(result), startedAt: result.startedAt, outcome };
};

type Place = Pick<CheckResult, 'monitorId' | 'region' | 'family' | 'trigger' | 'scheduledAt'>;
const blank = ({ monitorId, region, family, trigger, scheduledAt }: Place) => ({
  ...{ monitorId, region, family, trigger, scheduledAt, totalMs: 0 },
  ...{ status: null, bytes: null, remoteAddress: null },
  phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, downloadMs: null },
});

/** A failure that may be the probe's own: without network every site is away. */
const blindOutcome = (outcome: Outcome): Outcome | null => {
  if (outcome.verdict !== 'down') return null;
  const { failure } = outcome;
  if (failure.kind !== 'network' && failure.kind !== 'timeout') return null;
  return { verdict: 'inconclusive', reason: `probe blind: ${explain(failure)}`.slice(0, 500) };
};

/** How the look's connections are made. A core of before there was anything to say says nothing. */
const connectionOf = ({ connection }: Assignment, family: AddressFamily) => {
  if (connection === undefined) return { family };
  const { httpVersion: http, serverName, hostHeader, resolvers, origin } = connection;
  return { http, family, serverName, hostHeader, resolvers, origin };
};

/** One look at what is assigned, and its result. Never throws, never judges, never looks twice. */
export const openCheck =
  ({ region, userAgent, dialRules, look, now, isLost }: CheckSettings): Check =>
  async (assignment, scheduledAt, trigger, family = 'any') => {
    const { monitorId, url, method, timeoutMs, maxRedirects, expectedStatuses } = assignment;
    const {
      headers = {},
      body = null,
      verifyTls = true,
      secret = null,
      assertions = [],
      degradedAboveMs = null,
    } = assignment;
    const asked = { url, method, headers, body, verifyTls, secret, timeoutMs, maxRedirects, expectedStatuses };
    const connection = connectionOf(assignment, family);
    const startedAt = now();
    const beganAt = performance.now();
    const answer = await look({ ...asked, ...connection, assertions, degradedAboveMs, userAgent }, dialRules);
    const seen = sound({ monitorId, region, family, trigger, scheduledAt, ...answer, startedAt });
    const blind = blindOutcome(seen.outcome);
    if (blind === null || !(await isLost(beganAt))) return seen;
    const { evidence: _evidence, ...bare } = seen;
    return { ...bare, outcome: blind };
  };

/** The result of a look that was due and did not happen; `now` is when that was noticed. */
export const missedResult = (place: Omit<Place, 'trigger'>, reason: MissedReason, now: number): CheckResult => ({
  ...blank({ ...place, trigger: 'schedule' }),
  startedAt: now,
  outcome: { verdict: 'missed', reason },
});
