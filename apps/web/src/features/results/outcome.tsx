import type { CheckResultView } from '@farwatch/contracts';
import { type CheckTrigger, explain, type Failure, type Verdict } from '@farwatch/domain';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { Tone } from '../../ui/tone.ts';

export const verdictTone = {
  up: 'good',
  degraded: 'warn',
  down: 'bad',
  inconclusive: 'calm',
  missed: 'none',
} as const satisfies Record<Verdict, Tone>;

const verdictWords = {
  up: msg`Up`,
  degraded: msg`Degraded`,
  down: msg`Down`,
  inconclusive: msg`Inconclusive`,
  missed: msg`Missed`,
} as const satisfies Record<Verdict, MessageDescriptor>;
export const verdictWord = (verdict: Verdict): string => i18n.t(verdictWords[verdict]);

/** Why a look was made. */
export const triggerWords = {
  schedule: msg`Scheduled`,
  confirmation: msg`Confirmation`,
  request: msg`On request`,
} as const satisfies Record<CheckTrigger, MessageDescriptor>;

/** In which way it failed. */
export const failureWords = {
  network: msg`Network`,
  timeout: msg`Timeout`,
  status: msg`Status code`,
  assertion: msg`Assertion`,
} as const satisfies Record<Failure['kind'], MessageDescriptor>;

export const VerdictBadge = ({ verdict }: { readonly verdict: Verdict }) => (
  <StateBadge tone={verdictTone[verdict]} quiet>
    {verdictWord(verdict)}
  </StateBadge>
);

/** What came of a look, as a fragment: `HTTP 502`, `no answer after 10000 ms`. */
export const outcomeText = ({ outcome, status }: Pick<CheckResultView, 'outcome' | 'status'>): string => {
  switch (outcome.verdict) {
    case 'up':
      return status === null ? t`answered` : `HTTP ${status}`;
    case 'down':
      return explain(outcome.failure);
    case 'degraded':
    case 'inconclusive':
    case 'missed':
      return outcome.reason;
  }
};
