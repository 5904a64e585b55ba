import type { Weights } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

const instant: Weights = {
  ...{ 'origin-not-listening': 2.5, 'socket-missing': 2.5, 'socket-permission': 2.5, 'gateway-wrong-target': 1.5 },
  ...{ 'origin-reset': 1.3, 'no-live-upstream': 2, maintenance: 1.2 },
  ...{ 'origin-timeout': 0.03, 'origin-unreachable': 0.3, 'origin-saturated': 0.6 },
};
const atTimeout: Weights = {
  ...{ 'origin-timeout': 4, 'origin-unreachable': 4, 'origin-saturated': 4, 'gateway-hang': 1, 'upstream-dns': 1 },
  ...{ 'app-error': 0.7, 'origin-closed-early': 0.4 },
};
/** Nobody's timeout: it worked on the request, then died. */
const between: Weights = {
  ...{
    'origin-closed-early': 4,
    'origin-reset': 2.5,
    'origin-saturated': 1.5,
    'app-error': 1.3,
    'origin-timeout': 0.7,
  },
  ...{ 'origin-not-listening': 0.15, 'socket-missing': 0.08, 'socket-permission': 0.08, 'no-live-upstream': 0.3 },
  ...{ 'gateway-wrong-target': 0.5 },
};

const seconds = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** The slower it is, the less it can be an immediate refusal; a second may be the way of a far region. */
const clueOf = (waitedMs: number, pace: 'instant' | 'timeout' | 'between'): Clue | null => {
  if (pace === 'instant')
    return { text: `the error came at once, ${seconds(waitedMs)} after the request`, weights: instant, otherwise: 1 };
  if (pace === 'timeout')
    return {
      text: `the error came after ${seconds(waitedMs)}, a usual timeout of gateways`,
      weights: atTimeout,
      otherwise: 0.35,
    };
  return waitedMs < 1_000
    ? null
    : { text: `the error came after ${seconds(waitedMs)}, which is nobody's timeout`, weights: between };
};

/** How long the error took. What a product says of its own pace is not counted twice. */
const read = ({ seen: { look }, waitedMs, pace, saying }: Facts): readonly Clue[] => {
  const isGatewayError = look.answer !== null && (look.answer.status ?? 0) >= 500 && look.answer.status !== 500;
  // A product's own 504 has said already that time ran out.
  if (saying !== null && look.answer?.status === 504) return [];
  if (
    !isGatewayError ||
    waitedMs === null ||
    pace === null ||
    saying?.pace !== undefined ||
    saying?.aboutS !== undefined
  )
    return [];
  const clue = clueOf(waitedMs, pace);
  return clue === null ? [] : [{ ...clue, look: look.ref }];
};

export const paceRule: Rule = {
  id: 'pace',
  source: 'measured: refused at 1 ms; timeouts at 5, 30, 60, 90 and 100 s',
  part: 'weighing',
  read,
};
