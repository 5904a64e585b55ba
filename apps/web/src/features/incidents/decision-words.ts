import type { DecisionView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';
import { durationText } from '../../ui/duration.tsx';

const rules: Readonly<Record<DecisionView['code'], MessageDescriptor>> = {
  policy: msg`Escalation policy`,
  'alert-after': msg`Alert only after a while`,
  maintenance: msg`Maintenance`,
  'maintenance-over': msg`Maintenance is over`,
  'parent-suspected': msg`Dependency`,
  'parent-cleared': msg`Dependency`,
  'parent-down': msg`Dependency`,
  'parent-over': msg`Dependency`,
  'shared-cause': msg`Shared cause`,
  'shared-cause-over': msg`Shared cause`,
  'nobody-reached': msg`No channel`,
  'over-untold': msg`Over before it was told`,
  told: msg`Message`,
  waiting: msg`Message waits`,
  'quiet-hours': msg`Quiet hours`,
  failed: msg`Message failed`,
  dropped: msg`Message dropped`,
  acknowledged: msg`Acknowledged`,
  unacknowledged: msg`Given back`,
  snoozed: msg`Snoozed`,
};
/** Which rule spoke; a newer server may know one that this page doesn't. */
export const ruleName = (code: string): string => {
  const known = Object.entries(rules).find(([name]) => name === code);
  return known === undefined ? code : i18n._(known[1]);
};

/** Why it is or was silent: the last reason; that another incident is told for both is one too. */
const lastSilence = (decisions: readonly DecisionView[]): string | null =>
  decisions.findLast(({ effect, code }) => effect === 'silent' || code === 'shared-cause')?.text ?? null;

/** The whole record in a sentence: whether people heard of it, how soon, or why not. */
export const inShort = (decisions: readonly DecisionView[], startedAt: string): string => {
  const told = decisions.filter(({ effect }) => effect === 'told');
  const first = told[0];
  if (first === undefined) {
    const why = lastSilence(decisions);
    return why === null ? t`Nobody was told so far.` : t`Nobody was told. ${why}`;
  }
  const messages = plural(told.length, { one: '# message', other: '# messages' });
  const after = durationText(Math.max(0, Date.parse(first.at) - Date.parse(startedAt)));
  return t`People were told: ${messages}, the first one ${after} after the start.`;
};
