import type { AlertPreview } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';

type Told = AlertPreview['differing'][number]['wanted'];

const words = {
  maintenance: msg`planned work`,
  'parent-down': msg`its parent was down`,
  'shared-cause': msg`told with what shares its cause`,
  'quiet-hours': msg`quiet hours`,
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

/** What a change comes to, in one sentence. */
export const previewText = ({ from, to, incidents, present, wanted }: AlertPreview): string => {
  const days = plural(Math.ceil((Date.parse(to) - Date.parse(from)) / 86_400_000), { one: '# day', other: '# days' });
  if (incidents === 0) return t`No incident opened in the last ${days}: there is nothing to replay yet.`;
  const opened = plural(incidents, { one: '# incident', other: '# incidents' });
  const told = plural(wanted.told, { one: '# of them', other: '# of them' });
  const alerts = plural(wanted.alerts, { one: '# alert', other: '# alerts' });
  return t`In the last ${days}, with ${opened}, this would have sent ${alerts} and told people of ${told}. As it is now: ${present.alerts}, of ${present.told}.`;
};
