import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { deniedPorts } from './ports.ts';

/**
 * What may be dialled beyond the public internet. `allowCidrs` opens ranges (and every port there); `allowPorts` takes
 * ports off the list of denied ones. `dnsServers` (`1.1.1.1`, `[::1]:5353`) replaces the machine's resolvers.
 */
export type DialRules = Readonly<{
  allowCidrs: readonly string[];
  allowPorts?: readonly number[];
  dnsServers?: readonly string[];
}>;

type Ip = ipaddr.IPv4 | ipaddr.IPv6;

/** Where clouds hand out credentials and set machines up: no setting opens these. */
const metadataAddresses: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '169.254.0.23',
  '169.254.42.42',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
]);
const metadataNames: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
]);

/**
 * Reads `10.0.0.0/8, ::1/128` (an address alone is a range of one).
 * @throws Error with one line that names the faulty part
 */
export const parseDialRules = (text: string): DialRules => {
  const parts = text.split(',').map((part) => part.trim());
  const allowCidrs = parts.filter((part) => part !== '').map((part) => (part.includes('/') ? part : wholeRange(part)));
  const fault = allowCidrs.find((cidr) => !ipaddr.isValidCIDR(cidr));
  if (fault !== undefined) throw new Error(`"${fault}" is not a CIDR range such as 127.0.0.0/8`);
  return { allowCidrs };
};

const wholeRange = (address: string): string => `${address}/${isIP(address) === 6 ? 128 : 32}`;

/** An IPv4 address written as IPv6 (`::ffff:127.0.0.1`) reaches the IPv4 address: it is judged as that. */
const parseAddress = (address: string): Ip | null => {
  if (isIP(address) === 0 || address.includes('%')) return null;
  return ipaddr.process(address);
};

const fromBytes = (bytes: readonly number[]): string => bytes.join('.');

/** IPv4 addresses that gateways and tunnels would take out of this IPv6 address. */
const embedded = (ip: ipaddr.IPv6): readonly string[] => {
  const bytes = ip.toByteArray();
  const last = bytes.slice(12);
  const isatap = ip.parts[5] === 0x5efe && (ip.parts[4] === 0 || ip.parts[4] === 0x200);
  switch (ip.range()) {
    case 'teredo':
      return [fromBytes(last.map((byte) => byte ^ 0xff))];
    case '6to4':
      return [fromBytes(bytes.slice(2, 6))];
    case 'rfc6052':
    case 'rfc6145':
      return [fromBytes(last)];
    default:
      return isatap || isCompatible(ip) ? [fromBytes(last)] : [];
  }
};

/** ::/96, deprecated by RFC 4291, but some stacks still reach the IPv4 address in it. */
const isCompatible = (ip: ipaddr.IPv6): boolean => ip.parts.slice(0, 6).every((part) => part === 0);

const isMetadata = (ip: Ip): boolean =>
  metadataAddresses.has(ip.toString()) ||
  (ip.kind() === 'ipv6' &&
    embedded(ip as ipaddr.IPv6 /* its kind was asked */).some((v4) => metadataAddresses.has(v4)));

const nothingOpened: DialRules = { allowCidrs: [] };

const isPublic = (ip: Ip): boolean => {
  if (ip.range() !== 'unicast') return false;
  if (ip.kind() === 'ipv4') return true;
  const six = ip as ipaddr.IPv6; // its kind was asked
  return !isCompatible(six) && embedded(six).every((v4) => addressAllowed(v4, nothingOpened));
};

type Range = ReturnType<typeof ipaddr.parseCIDR>;
const ranges = new WeakMap<readonly string[], readonly Range[]>();
/** The rules are the same for every look: their ranges are read once. */
const rangesOf = (cidrs: readonly string[]): readonly Range[] => {
  const known = ranges.get(cidrs) ?? cidrs.map((cidr) => ipaddr.parseCIDR(cidr));
  ranges.set(cidrs, known);
  return known;
};

const isOpened = (ip: Ip, { allowCidrs }: DialRules): boolean =>
  rangesOf(allowCidrs).some(([range, bits]) => range.kind() === ip.kind() && ip.match(range, bits));

const judged = new WeakMap<readonly string[], Map<string, boolean>>();
const mostJudged = 20_000;

const judgeAddress = (address: string, rules: DialRules): boolean => {
  const ip = parseAddress(address);
  if (ip === null || isMetadata(ip)) return false;
  return isPublic(ip) || isOpened(ip, rules);
};

/**
 * Whether this address (a literal without brackets) may be dialled. Anything that isn't an address may not. The same few
 * addresses are asked about at every look, twice; what was said of them by these rules is remembered.
 */
export const addressAllowed = (address: string, rules: DialRules): boolean => {
  const known = judged.get(rules.allowCidrs) ?? new Map<string, boolean>();
  const before = known.get(address);
  if (before !== undefined) return before;
  const allowed = judgeAddress(address, rules);
  if (known.size >= mostJudged) known.clear();
  known.set(address, allowed);
  judged.set(rules.allowCidrs, known);
  return allowed;
};

/** Whether the port may be dialled; at an address that `allowCidrs` opens, every port may. */
export const portAllowed = (port: number, rules: DialRules, address?: string): boolean => {
  if (!deniedPorts.has(port) || rules.allowPorts?.includes(port) === true) return true;
  const ip = address === undefined ? null : parseAddress(address);
  return port !== 0 && ip !== null && !isMetadata(ip) && isOpened(ip, rules);
};

/** The host of a parsed URL without the brackets of IPv6 and without the root's dot. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[(.*)\]$/u, '$1').replace(/\.$/u, '');

export const isLocalhost = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost');

/**
 * Whether a monitor or webhook may be saved with this host, as the WHATWG URL parser wrote it. Names other than those of
 * this machine and of metadata services pass: they are judged by their addresses whenever they are dialled.
 */
export const hostAllowed = (hostname: string, rules: DialRules): boolean => {
  const host = bareHost(hostname.toLowerCase());
  if (host === '' || metadataNames.has(host)) return false;
  if (isLocalhost(host)) return addressAllowed('127.0.0.1', rules) || addressAllowed('::1', rules);
  return isIP(host) === 0 ? !host.includes(':') : addressAllowed(host, rules);
};
