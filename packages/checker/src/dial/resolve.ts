import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressFamily } from '@farwatch/domain';
import { bareHost, type DialRules, isLocalhost } from './addresses.ts';
import { codeOf } from './error-code.ts';
import { hostsFileLookup } from './hosts-file.ts';

export type Resolved = Readonly<{ ok: true; addresses: readonly string[] }> | Readonly<{ ok: false; code: string }>;
/** `servers` (`1.1.1.1`, `[::1]:5353`) replace the machine's own resolvers and its hosts file. */
export type NameQuestion = Readonly<{ servers: readonly string[] | null; family: AddressFamily }>;

const renewMs = 60_000;
const mostResolvers = 500;
/** How long the slower of the two address families is waited for once the other has answered (RFC 8305, section 3). */
const lagMs = 50;

type Kept = Readonly<{ resolver: Resolver; madeAt: number }>;
const resolvers = new Map<string, Kept>();

/**
 * c-ares, not getaddrinfo: that one blocks a thread per question, so a few monitors with a silent name server would make
 * all others look slow. Renewed every minute so that a changed resolv.conf is noticed.
 */
const resolverFor = (servers: readonly string[]): Resolver => {
  const key = servers.join(',');
  const kept = resolvers.get(key);
  if (kept !== undefined && performance.now() - kept.madeAt < renewMs) return kept.resolver;
  const resolver = new Resolver({ timeout: 2_000, tries: 3 });
  if (servers.length > 0) resolver.setServers(servers);
  if (resolvers.size >= mostResolvers) resolvers.clear(); // questions under way keep theirs
  resolvers.set(key, { resolver, madeAt: performance.now() });
  return resolver;
};

type Answer = Readonly<{ addresses: readonly string[]; code: string | null }>;
const ask = (question: Promise<readonly string[]>): Promise<Answer> =>
  question.then(
    (addresses) => ({ addresses, code: null }),
    (error: unknown) => ({ addresses: [], code: codeOf(error, 'DNS_FAILED') }),
  );

/** Both answers, or the first good one and what the other says within `lagMs`. */
const both = async (four: Promise<Answer>, six: Promise<Answer>): Promise<readonly Answer[]> => {
  const first = await Promise.race([four, six]);
  if (first.addresses.length === 0) return Promise.all([four, six]);
  let timer: NodeJS.Timeout | undefined;
  const lag = new Promise<readonly Answer[]>((resolve) => {
    timer = setTimeout(() => resolve([first]), lagMs);
  });
  return Promise.race([Promise.all([four, six]), lag]).finally(() => clearTimeout(timer));
};

/** IPv6 and IPv4 in turn, IPv6 first, as RFC 8305 has it. */
const interleave = (addresses: readonly string[]): readonly string[] => {
  if (addresses.length < 2) return addresses;
  const six = addresses.filter((address) => isIP(address) === 6);
  const four = addresses.filter((address) => isIP(address) === 4);
  return Array.from({ length: Math.max(six.length, four.length) }, (_, i) => [six[i], four[i]])
    .flat()
    .flatMap((address) => address ?? []);
};

/** "No such name" and server trouble say more than "no record of this family". */
const worst = (answers: readonly Answer[]): string => {
  const codes = answers.flatMap(({ code }) => code ?? []);
  return codes.find((code) => code !== 'ENODATA') ?? 'ENODATA';
};

const isOf = (address: string, family: AddressFamily): boolean =>
  family === 'any' || isIP(address) === (family === 'ipv4' ? 4 : 6);

/** This machine's own names, or what its hosts file says; empty = DNS must be asked. */
const known = (host: string, servers: NameQuestion['servers']): readonly string[] => {
  const local = servers === null ? hostsFileLookup(host) : [];
  if (local.length > 0) return interleave(local);
  return isLocalhost(host) ? ['::1', '127.0.0.1'] : []; // never asked of DNS (RFC 6761)
};

const lookUp = (host: string, { servers, family }: NameQuestion): Promise<readonly Answer[]> => {
  const resolver = resolverFor(servers ?? []);
  if (family === 'ipv4') return Promise.all([ask(resolver.resolve4(host))]);
  if (family === 'ipv6') return Promise.all([ask(resolver.resolve6(host))]);
  return both(ask(resolver.resolve4(host)), ask(resolver.resolve6(host)));
};

/** Where an address was written down there is nothing to wait for; null for a name. */
export const resolveLiteral = (host: string, family: AddressFamily): Resolved | null => {
  if (isIP(host) === 0) return null;
  return isOf(host, family) ? { ok: true, addresses: [host] } : { ok: false, code: 'ENODATA' };
};

/** The addresses of a URL's host: a literal, the hosts file, then DNS. Never throws. */
export const resolveHost = async (hostname: string, question: NameQuestion): Promise<Resolved> => {
  const host = bareHost(hostname);
  const literal = resolveLiteral(host, question.family);
  if (literal !== null) return literal;
  const here = known(host, question.servers);
  const answers = here.length > 0 ? [{ addresses: here, code: null }] : await lookUp(host, question);
  const addresses = interleave(answers.flatMap((answer) => answer.addresses)).filter((one) =>
    isOf(one, question.family),
  );
  return addresses.length > 0 ? { ok: true, addresses } : { ok: false, code: worst(answers) };
};

/** Whether the resolver finds the name, or at least says that there is none: then it is there. Never throws. */
export const nameResolves = async (host: string, { dnsServers }: DialRules): Promise<boolean> => {
  const resolved = await resolveHost(host, { servers: dnsServers ?? null, family: 'any' });
  return resolved.ok || resolved.code === 'ENOTFOUND' || resolved.code === 'ENODATA';
};
