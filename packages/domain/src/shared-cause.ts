import { type Failure, failureCode } from './check-result.ts';

/** What is known of a monitor that is down, as far as it may have it in common with another one. */
export type Symptoms = Readonly<{
  incidentId: string;
  /** The incident that this one is part of; null = none. */
  partOf: string | null;
  startedAt: number;
  openedAt: number;
  cause: Failure;
  /** Of its URL, lower case, without the port. */
  host: string;
  port: string;
  /** The part of the host that is registered with a name server (`example.co.uk`); null = it has none. */
  domain: string | null;
  /** The addresses that were dialled lately. */
  addresses: readonly string[];
  /** When its certificate ends (epoch ms); null = none is known. */
  certificateEndsAt: number | null;
}>;

export type SharedReason = 'host' | 'address' | 'certificate' | 'name-server';
/** The incident that another one is part of, why, and what both have. */
export type SharedCause = Readonly<{ incidentId: string; because: SharedReason; shared: string }>;

/** What fails within this long of each other may have failed together. */
export const togetherMs = 60_000;

/** Every machine has these itself: seen from two regions they are two machines. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.startsWith('127.') || /^\[?::1\]?$/u.test(host);
const hostOf = ({ host, port }: Symptoms): string => (isLoopback(host) ? `${host}:${port}` : host);

const failsAt = (phase: 'dns' | 'tls', { cause }: Symptoms): boolean =>
  cause.kind === 'network' && cause.phase === phase;

const commonOf = (a: Symptoms, b: Symptoms): Pick<SharedCause, 'because' | 'shared'> | null => {
  if (hostOf(a) === hostOf(b)) return { because: 'host', shared: hostOf(a) };
  const address = a.addresses.find((one) => b.addresses.includes(one) && !isLoopback(one));
  if (address !== undefined) return { because: 'address', shared: address };
  const { domain } = a;
  if (domain === null || domain !== b.domain) return null;
  const ends = a.certificateEndsAt;
  if (failsAt('tls', a) && failsAt('tls', b) && ends !== null && ends === b.certificateEndsAt)
    return { because: 'certificate', shared: `${domain}, until ${new Date(ends).toISOString()}` };
  const sameDns = failsAt('dns', a) && failureCode(a.cause) === failureCode(b.cause);
  return sameDns ? { because: 'name-server', shared: domain } : null;
};

/**
 * Of the incidents that are open the one that a new one is part of: the first that failed within a minute of it and has
 * a host, an address, a certificate or a name server in common with it; of one that is part of another, that one. The
 * closest tie wins, then whichever opened first. Null = it stands by itself.
 */
export const sharedCause = (fresh: Symptoms, open: readonly Symptoms[]): SharedCause | null => {
  const ties = ['host', 'address', 'certificate', 'name-server'] as const satisfies readonly SharedReason[];
  const found = open
    .filter((one) => one.incidentId !== fresh.incidentId && one.partOf !== fresh.incidentId)
    .filter((one) => Math.abs(one.startedAt - fresh.startedAt) <= togetherMs)
    .toSorted((a, b) => a.openedAt - b.openedAt || (a.incidentId < b.incidentId ? -1 : 1))
    .flatMap((one) => {
      const common = commonOf(fresh, one);
      return common === null ? [] : [{ incidentId: one.partOf ?? one.incidentId, ...common }];
    });
  for (const because of ties) {
    const first = found.find((one) => one.because === because);
    if (first !== undefined) return first;
  }
  return null;
};
