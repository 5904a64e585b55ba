import { type DialRules, hostAllowed, portAllowed } from '@farwatch/checker';
import { parseMonitorUrl, urlFaultText } from '@farwatch/domain';
import type { FieldFault } from '../../plugins/problems.ts';

export type JudgedUrl = Readonly<{ ok: true; url: URL }> | Readonly<{ ok: false; fault: FieldFault }>;

const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

/**
 * Whether a URL may be saved. Names are judged again when they are dialled, by the address actually met: this only
 * tells people early.
 */
export const judgeUrl = (text: string, rules: DialRules, pointer: string): JudgedUrl => {
  const refuse = (code: string, detail: string): JudgedUrl => ({ ok: false, fault: { pointer, code, detail } });
  const parsed = parseMonitorUrl(text);
  if (!parsed.ok) return refuse(parsed.fault, urlFaultText[parsed.fault]);
  const { url } = parsed;
  if (!hostAllowed(url.hostname, rules))
    return refuse('url-address-denied', 'Private, loopback, link-local and metadata addresses are not allowed.');
  if (!portAllowed(portOf(url), rules)) return refuse('url-port-denied', `Port ${portOf(url)} is not allowed.`);
  return { ok: true, url };
};
