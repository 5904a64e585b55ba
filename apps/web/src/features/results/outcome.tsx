import type { CheckResultView } from '@farwatch/contracts';
import { explain, type Verdict } from '@farwatch/domain';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { Tone } from '../../ui/tone.ts';

export const verdictTone = {
  up: 'good',
  degraded: 'warn',
  down: 'bad',
  inconclusive: 'calm',
  missed: 'idle',
} as const satisfies Record<Verdict, Tone>;

export const verdictWord = {
  up: 'Up',
  degraded: 'Degraded',
  down: 'Down',
  inconclusive: 'Inconclusive',
  missed: 'Missed',
} as const satisfies Record<Verdict, string>;

export const VerdictBadge = ({ verdict }: { readonly verdict: Verdict }) => (
  <StateBadge tone={verdictTone[verdict]} quiet>
    {verdictWord[verdict]}
  </StateBadge>
);

/** What came of a look, as a fragment: `HTTP 502`, `no answer after 10000 ms`. */
export const outcomeText = ({ outcome, status }: Pick<CheckResultView, 'outcome' | 'status'>): string => {
  switch (outcome.verdict) {
    case 'up':
      return status === null ? 'answered' : `HTTP ${status}`;
    case 'down':
      return explain(outcome.failure);
    case 'degraded':
    case 'inconclusive':
    case 'missed':
      return outcome.reason;
  }
};
