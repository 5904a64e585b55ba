import type { MaintenanceWindowView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';

/** For which monitors a window is, briefly. */
export const forWhom = ({ appliesTo }: Pick<MaintenanceWindowView, 'appliesTo'>): string => {
  switch (appliesTo.kind) {
    case 'all':
      return t`every monitor`;
    case 'monitors':
      return plural(appliesTo.monitorIds.length, { one: 'one monitor', other: '# monitors' });
    case 'tags':
      return t`monitors tagged ${appliesTo.tags.join(', ')}`;
  }
};

type Running = Readonly<{ from: string; until: string }>;
/** What runs of it at this moment; by the clock, not by when the list was asked for. */
export const runningOf = ({ current, next }: MaintenanceWindowView, now: number): Running | null =>
  [current, next].find((one) => one !== null && Date.parse(one.from) <= now && now < Date.parse(one.until)) ?? null;
