import type { CheckResult, Failure, Outcome } from '@farwatch/domain';
import { familyOf, kindOf, placeOf, regionKeyOf, triggerOf, verdictOf } from './log-codes.ts';

export const dayMs = 86_400_000;

/** One look as the log holds it, whichever form its day has. Moments are epoch ms, lengths microseconds but `delayMs`. */
export type StoredResult = Readonly<{
  scheduledAt: number;
  place: number;
  kind: number;
  delayMs: number;
  totalUs: number;
  dnsUs: number | null;
  connectUs: number | null;
  tlsUs: number | null;
  firstByteUs: number | null;
  downloadUs: number | null;
  bytes: number | null;
  status: number | null;
  remoteAddress: string | null;
  /** JSON of a `Rare`, or empty. */
  rare: string;
}>;

/** What few results have. `outcome` is the outcome without its verdict. */
type Rare = Readonly<{ outcome?: object; clockOffsetMs?: number; startedAt?: number }>;

const most = 2_147_483_647;
/** A number that the column can hold; what is beyond has lost its meaning anyway. */
const int4 = (value: number): number => Math.min(Math.round(value), most);
const micros = (ms: number): number => int4(ms * 1_000);
const phaseUs = (ms: number | null): number | null => (ms === null ? null : micros(ms));

const rareOf = ({ outcome, clockOffsetMs }: CheckResult, farStart: number | null): string => {
  const { verdict: _, ...rest } = outcome;
  const plain = Object.keys(rest).length === 0;
  if (plain && clockOffsetMs === undefined && farStart === null) return '';
  const rare: Rare = {
    ...(plain ? {} : { outcome: rest }),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
    ...(farStart === null ? {} : { startedAt: farStart }),
  };
  return JSON.stringify(rare);
};

/** A look as the log will hold it. Its evidence and its certificate are kept elsewhere. */
export const storedOf = (result: CheckResult, regionKey: number): StoredResult => {
  const delay = result.startedAt - result.scheduledAt;
  const near = Math.abs(delay) <= most;
  const { phases } = result;
  return {
    scheduledAt: result.scheduledAt,
    place: placeOf(regionKey, result.family),
    kind: kindOf(result.outcome.verdict, result.trigger),
    delayMs: near ? delay : 0,
    totalUs: micros(result.totalMs),
    dnsUs: phaseUs(phases.dnsMs),
    connectUs: phaseUs(phases.connectMs),
    tlsUs: phaseUs(phases.tlsMs),
    firstByteUs: phaseUs(phases.firstByteMs),
    downloadUs: phaseUs(phases.downloadMs),
    bytes: result.bytes === null ? null : int4(result.bytes),
    status: result.status,
    remoteAddress: result.remoteAddress,
    rare: rareOf(result, near ? null : result.startedAt),
  };
};

/** In which way the look failed, without reading all of it; null when it did not. */
export const failureKindOf = ({ rare }: Pick<StoredResult, 'rare'>): Failure['kind'] | null => {
  if (rare === '') return null;
  const { outcome }: { outcome?: { failure?: Pick<Failure, 'kind'> } } = JSON.parse(rare);
  return outcome?.failure?.kind ?? null;
};

const millis = (us: number): number => us / 1_000;
const phaseMs = (us: number | null): number | null => (us === null ? null : millis(us));

/** The names that a log's numbers stand for: regions by their key. */
export type RegionNames = ReadonlyMap<number, string>;

/** The look as it was reported, without its evidence. */
export const resultOf = (stored: StoredResult, monitorId: string, regions: RegionNames): CheckResult => {
  const region = regions.get(regionKeyOf(stored.place));
  if (region === undefined) throw new RangeError(`the response log names no region ${regionKeyOf(stored.place)}`);
  const rare: Rare = stored.rare === '' ? {} : JSON.parse(stored.rare);
  return {
    monitorId,
    region,
    family: familyOf(stored.place),
    trigger: triggerOf(stored.kind),
    scheduledAt: stored.scheduledAt,
    startedAt: rare.startedAt ?? stored.scheduledAt + stored.delayMs,
    totalMs: millis(stored.totalUs),
    outcome: { verdict: verdictOf(stored.kind), ...rare.outcome } as Outcome, // written from an Outcome, split in two
    status: stored.status,
    bytes: stored.bytes,
    remoteAddress: stored.remoteAddress,
    phases: {
      dnsMs: phaseMs(stored.dnsUs),
      connectMs: phaseMs(stored.connectUs),
      tlsMs: phaseMs(stored.tlsUs),
      firstByteMs: phaseMs(stored.firstByteUs),
      downloadMs: phaseMs(stored.downloadUs),
    },
    ...(rare.clockOffsetMs === undefined ? {} : { clockOffsetMs: rare.clockOffsetMs }),
  };
};

/** The columns of a `StoredResult`, from a `fresh_result` that the query calls `r`. */
export const storedColumns = `
  (r.day * ${dayMs}::int8 + r.at_ms)::float8 AS "scheduledAt", r.place, r.kind, r.delay_ms AS "delayMs",
  r.total_us AS "totalUs", r.dns_us AS "dnsUs", r.connect_us AS "connectUs", r.tls_us AS "tlsUs",
  r.first_byte_us AS "firstByteUs", r.download_us AS "downloadUs", r.bytes, r.status,
  host(r.remote_address) AS "remoteAddress", r.rare`;
