import type { Finding } from '@farwatch/domain';
import type { Weights } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

const whatOf = ({ code, withIdentity }: Finding): Weights => {
  switch (code) {
    // Cut twice, asked for plainly too: something breaks off. Cut once: the length is wrong only under compression.
    case 'CUT_BODY':
      return withIdentity === 'good'
        ? { 'compression-or-length': 20, 'truncated-body': 6 }
        : { 'truncated-body': 18, 'compression-or-length': 12, 'origin-closed-early': 2 };
    case 'CUT_CODING':
      return withIdentity === 'bad'
        ? { 'truncated-body': 14, 'compression-or-length': 14 }
        : { 'compression-or-length': 24, 'truncated-body': 6 };
    case 'INVALID_CHUNK':
      return { 'truncated-body': 6, 'compression-or-length': 8, 'origin-invalid-response': 10 };
    default:
      return { 'compression-or-length': 40, 'truncated-body': 0.5 };
  }
};

const confirmation = ({ withIdentity }: Finding): string => {
  if (withIdentity === 'good') return '; asked for without compression the same page is whole';
  return withIdentity === 'bad' ? '; asked for without compression it is broken too' : '';
};

const isBroken = ({ kind, code }: Finding): boolean => kind !== 'protocol' || code === 'INVALID_CHUNK';

/** Of a page that is an error anyway the length says little. */
const read = ({ seen: { look } }: Facts): readonly Clue[] => {
  const { findings, answer, failure, ref } = look;
  const isError = (answer?.status ?? 0) >= 400;
  const [first] = findings.filter(isBroken);
  if (first === undefined || isError || failure?.kind === 'timeout') return [];
  return [{ text: `${first.text}${confirmation(first)} (${first.code})`, weights: whatOf(first), look: ref }];
};

/** What was found in a body that came with a good status. */
export const findings: Rule = {
  id: 'findings',
  source: 'RFC 9112, sections 6.3 and 8; RFC 1952; measured at eleven gateways',
  part: 'opening',
  read,
};
