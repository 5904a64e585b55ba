import type { Before } from '../case.ts';
import type { Clue, Facts, Rule } from './rule.ts';

const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} min`;

/** Down, up, down again within minutes: something is started again and again, and dies. */
const restarts = ({ incidents }: Before, at: number): Clue | null => {
  const recent = incidents.filter(({ resolvedAt }) => resolvedAt !== null && at - resolvedAt < 3_600_000);
  const last = recent.at(-1)?.resolvedAt;
  if (last == null) return null;
  if (recent.length >= 2 || at - last < 300_000)
    return {
      text: `it had recovered ${minutes(at - last)} before${recent.length > 1 ? `, the ${recent.length}th time within an hour` : ''}: the pattern of a restart loop`,
      weights: {
        'origin-not-listening': 1.8,
        'origin-closed-early': 1.8,
        'origin-saturated': 1.6,
        'origin-reset': 1.3,
        'certificate-expired': 0.5,
        maintenance: 0.7,
      },
    };
  return null;
};

const marks = ({ marks: all }: Before, at: number): Clue | null => {
  const last = all.filter((mark) => mark.at <= at).at(-1);
  if (last === undefined) return null;
  const weights = {
    ...{
      'app-error': 1.8,
      'origin-not-listening': 1.8,
      'gateway-config': 1.8,
      'gateway-wrong-target': 1.8,
      maintenance: 1.5,
    },
    ...{
      'origin-closed-early': 1.4,
      'socket-missing': 1.6,
      'socket-permission': 1.6,
      'origin-header-too-big': 1.4,
      'not-found': 1.5,
    },
  };
  return { text: `${minutes(at - last.at)} before, ${last.kind} was marked: ${last.text.slice(0, 80)}`, weights };
};

/** Slower and slower, then down: too much to do. */
const trend = ({ usualMs, lastMs }: Before): Clue | null => {
  if (usualMs === null || lastMs === null || usualMs <= 0) return null;
  const grown = lastMs / usualMs;
  if (grown < 1.8 || lastMs - usualMs < 150) return null;
  return {
    text: `answers had grown slower before: ${Math.round(usualMs)} ms usually, ${Math.round(lastMs)} ms in the last minutes`,
    weights: {
      'origin-saturated': grown > 4 ? 6 : 4,
      'origin-timeout': 2,
      'gateway-overloaded': 2,
      'origin-closed-early': 1.3,
      'socket-missing': 0.5,
      'socket-permission': 0.5,
      'gateway-wrong-target': 0.5,
      maintenance: 0.5,
    },
  };
};

const changed = ({ certificateChangedAt, addressChangedAt }: Before, at: number): readonly Clue[] => [
  ...(certificateChangedAt === null || certificateChangedAt > at
    ? []
    : [
        {
          text: `the certificate had changed ${minutes(at - certificateChangedAt)} before`,
          weights: {
            'certificate-wrong-name': 2,
            'certificate-chain': 2,
            'certificate-self-signed': 2,
            'certificate-not-yet-valid': 2,
            'upstream-tls': 1.8,
            'edge-tls': 2,
            'gateway-config': 1.5,
          },
        },
      ]),
  ...(addressChangedAt === null || addressChangedAt > at
    ? []
    : [
        {
          text: `the site's address had changed ${minutes(at - addressChangedAt)} before`,
          weights: {
            'gateway-down': 2,
            'gateway-unreachable': 2,
            'gateway-wrong-target': 2,
            'origin-unreachable': 1.8,
            'gateway-config': 2,
            'dns-private-address': 2,
          },
        },
      ]),
];

const read = ({ seen: { before, look } }: Facts): readonly Clue[] => {
  const at = look.ref?.at;
  if (before === null || at === undefined || look.failure === null) return [];
  const found = [restarts(before, at), marks(before, at), trend(before)];
  return [...found.flatMap((clue) => clue ?? []), ...changed(before, at)];
};

/** What came before the failure. */
export const beforeRule: Rule = {
  id: 'before',
  source: 'gateway-errors: causes of a 502, commonest first',
  part: 'weighing',
  read,
};
