import { networkInterfaces } from 'node:os';
import type { DialRules, LookRequest, look as lookFn } from '@farwatch/checker';
import { type Assignment, CheckResultSchema } from '@farwatch/contracts';
import {
  type AddressFamily,
  type CheckResult,
  type CheckTrigger,
  explain,
  type Failure,
  type LookDetails,
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
  /** Whether its resolver finds nothing at all, likewise. */
  isDeaf: (lookBeganAt: number) => Promise<boolean>;
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

/** No name was found, or none in time: a resolver that is gone is silent for longer than most looks may take. */
const isUnresolved = (failure: Failure, details: LookDetails | undefined): boolean => {
  if (failure.kind === 'network') return failure.phase === 'dns';
  const last = details?.hops.at(-1);
  return failure.kind === 'timeout' && last?.address === null && last.phases.connectMs === null;
};

const noWay: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const hasNoWay = (failure: Failure): boolean =>
  failure.kind === 'network' && failure.phase === 'connect' && noWay.has(failure.code);
/** Whether this machine has an address of IPv6 that reaches beyond its own link. */
const hasIpv6 = (): boolean =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .some(({ family, internal, address }) => family === 'IPv6' && !internal && !/^fe[89ab]/iu.test(address));

/** The assignment's own resolvers failing says nothing of the probe's. */
const asksOwnResolver = ({ connection }: Assignment): boolean => (connection?.resolvers.length ?? 0) === 0;

/** Whether a look failed because this probe sees nothing, or finds no name. */
const isOwnTrouble = async (
  { isLost, isDeaf }: CheckSettings,
  assignment: Assignment,
  { outcome, family, details }: CheckResult,
  beganAt: number,
): Promise<boolean> => {
  if (await isLost(beganAt)) return true;
  if (outcome.verdict !== 'down') return false;
  if (family === 'ipv6' && hasNoWay(outcome.failure) && !hasIpv6()) return true;
  return isUnresolved(outcome.failure, details) && asksOwnResolver(assignment) && isDeaf(beganAt);
};

const requestOf = (assignment: Assignment, family: AddressFamily, userAgent: string): LookRequest => {
  const { url, method, timeoutMs, maxRedirects, expectedStatuses } = assignment;
  const { headers = {}, body = null, verifyTls = true, secret = null } = assignment;
  const { assertions = [], degradedAboveMs = null } = assignment;
  return {
    ...{ url, method, headers, body, verifyTls, secret, timeoutMs, maxRedirects, expectedStatuses },
    ...{ assertions, degradedAboveMs, userAgent },
    ...connectionOf(assignment, family),
  };
};

/** One look at what is assigned, and its result. Never throws, never judges, never looks twice. */
export const openCheck = (settings: CheckSettings): Check => {
  const { region, userAgent, dialRules, look, now } = settings;
  return async (assignment, scheduledAt, trigger, family = 'any') => {
    const startedAt = now();
    const beganAt = performance.now();
    const answer = await look(requestOf(assignment, family, userAgent), dialRules);
    const { monitorId } = assignment;
    const seen = sound({ monitorId, region, family, trigger, scheduledAt, ...answer, startedAt });
    const blind = blindOutcome(seen.outcome);
    if (blind === null || !(await isOwnTrouble(settings, assignment, seen, beganAt))) return seen;
    const { evidence: _evidence, ...bare } = seen;
    return { ...bare, outcome: blind };
  };
};

/** The result of a look that was due and did not happen; `now` is when that was noticed. */
export const missedResult = (place: Omit<Place, 'trigger'>, reason: MissedReason, now: number): CheckResult => ({
  ...blank({ ...place, trigger: 'schedule' }),
  startedAt: now,
  outcome: { verdict: 'missed', reason },
});
