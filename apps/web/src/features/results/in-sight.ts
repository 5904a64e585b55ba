import { plural, t } from '@lingui/core/macro';
import type { Around } from './chart-canvas.tsx';
import type { Times } from './chart-data.ts';
import type { Shade } from './chart-shades.ts';

/** How long the stretch is that a chart shows. */
export const spanMs = ({ from, to }: Pick<Times, 'from' | 'to'>): number => Date.parse(to) - Date.parse(from);

/** What happened in the stretch that a chart shows, as a sentence. */
export const inSight = (
  times: Pick<Times, 'from' | 'to'>,
  { shades, maintenance, marks }: Pick<Around, 'shades' | 'maintenance' | 'marks'>,
): string => {
  const from = Date.parse(times.from);
  const to = Date.parse(times.to);
  const seen = (list: readonly Shade[]): number =>
    list.filter(
      ({ startedAt, resolvedAt }) =>
        Date.parse(startedAt) < to && (resolvedAt === null || Date.parse(resolvedAt) > from),
    ).length;
  const incidents = plural(seen(shades), { one: '# incident', other: '# incidents' });
  const windows = plural(seen(maintenance), { one: '# maintenance', other: '# maintenances' });
  const marksSeen = marks.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to).length;
  const marked = plural(marksSeen, { one: '# mark', other: '# marks' });
  return t`${incidents}, ${windows} and ${marked} in sight.`;
};
