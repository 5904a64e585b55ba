import { isIP } from 'node:net';
import { addressAllowed, type DialRules, portAllowed } from './addresses.ts';

const dnsPort = 53;

/** Address and port of `1.1.1.1`, `1.1.1.1:53`, `2606:4700::1111` or `[2606:4700::1111]:53`; null when it is none of these. */
const parse = (text: string): Readonly<{ address: string; port: number }> | null => {
  if (isIP(text) !== 0) return { address: text, port: dnsPort };
  const [, six, four, port] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/u.exec(text) ?? [];
  const address = six ?? four ?? '';
  const number = Number(port ?? dnsPort);
  const whole = isIP(address) === (six === undefined ? 4 : 6) && number > 0 && number < 65_536;
  return whole ? { address, port: number } : null;
};

const allowed = (text: string, rules: DialRules): boolean => {
  const server = parse(text);
  if (server === null || !addressAllowed(server.address, rules)) return false;
  // Port 53 is denied to looks because they speak HTTP; questions to resolvers are what it is for, and nothing else is.
  return server.port === dnsPort || portAllowed(dnsPort, rules, server.address);
};

/** Whether all of these resolvers, which a user typed, may be asked; any port but 53 only where the operator opened the range. */
export const resolversAllowed = (servers: readonly string[], rules: DialRules): boolean =>
  servers.every((server) => allowed(server, rules));
