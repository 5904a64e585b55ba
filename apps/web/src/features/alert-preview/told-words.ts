import type { AlertPreview } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';

type Told = AlertPreview['differing'][number]['wanted'];

const words = {
  maintenance: msg`planned work`,
  'parent-suspected': msg`its parent might have been down`,
  'parent-down': msg`its parent was down`,
  'shared-cause': msg`told with what shares its cause`,
  'quiet-hours': msg`quiet hours`,
  gathered: msg`told together with others`,
  snoozed: msg`somebody had snoozed it`,
  acknowledged: msg`somebody had it first`,
  'over-first': msg`over before the first step`,
  'nobody-reached': msg`nobody could be reached`,
} as const satisfies Record<NonNullable<Told['because']>, unknown>;

/** `3 alerts, after quiet hours`, `nobody: planned work` */
export const toldText = ({ firstAt, alerts, because }: Told): string => {
  const why = because === null ? null : i18n.t(words[because]);
  if (firstAt === null) return why === null ? t`nobody told` : t`nobody told: ${why}`;
  const count = alerts === 0 ? t`only that it is over` : plural(alerts, { one: '# alert', other: '# alerts' });
  return why === null ? count : t`${count}, later: ${why}`;
};

type Outcome = AlertPreview['present'];
/** `3`, or `at least 2,000` where more than is replayed would have been sent. */
const countOf = ({ alerts, isLeast }: Outcome): string => {
  const count = i18n.number(alerts);
  return isLeast ? t`at least ${count}` : count;
};
const alertsOf = (outcome: Outcome): string => {
  const alerts = plural(outcome.alerts, { one: '# alert', other: '# alerts' });
  return outcome.isLeast ? t`at least ${alerts}` : alerts;
};

/** What a change comes to, in one sentence. */
export const previewText = ({ from, to, incidents, present, wanted }: AlertPreview): string => {
  const days = plural(Math.ceil((Date.parse(to) - Date.parse(from)) / 86_400_000), { one: '# day', other: '# days' });
  if (incidents === 0) return t`No incident opened in the last ${days}: there is nothing to replay yet.`;
  const opened = plural(incidents, { one: '# incident', other: '# incidents' });
  const told = plural(wanted.told, { one: '# of them', other: '# of them' });
  return t`In the last ${days}, with ${opened}, this would have sent ${alertsOf(wanted)} and told people of ${told}. As it is now: ${countOf(present)}, of ${present.told}.`;
};
