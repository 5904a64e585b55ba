import { i18n } from '@lingui/core';
import { plural, t } from '@lingui/core/macro';
import type { Previewed } from './queries.ts';

const dayMs = 86_400_000;
type Outcome = Pick<Previewed['present'], 'incidents' | 'sent' | 'isLeast'>;
export type Caveat = Pick<Previewed['caveats'][number], 'what' | 'looks'>;

/** `30 days` */
export const daysText = ({ from, to }: Readonly<{ from: string; to: string }>): string =>
  plural(Math.ceil((Date.parse(to) - Date.parse(from)) / dayMs), { one: '# day', other: '# days' });

/** `3 incidents and sent 5 alerts`, after “would have opened” */
export const openedText = ({ incidents, sent, isLeast }: Outcome): string => {
  const would = plural(incidents, { one: '# incident', other: '# incidents' });
  const alerts = plural(sent, { one: '# alert', other: '# alerts' });
  return isLeast ? t`${would} and sent at least ${alerts}` : t`${would} and sent ${alerts}`;
};

/** `2 incidents, 3 sent` */
export const savedText = ({ incidents, sent, isLeast }: Outcome): string => {
  const opens = plural(incidents, { one: '# incident', other: '# incidents' });
  const count = i18n.number(sent);
  return isLeast ? t`${opens}, at least ${count} sent` : t`${opens}, ${count} sent`;
};

/** What the log could not tell, or told only nearly. */
export const caveatText = ({ what, looks }: Caveat): string => {
  switch (what) {
    case 'shorter-timeout':
      return plural(looks, {
        0: 'No look that was kept took longer than the new timeout.',
        one: '# look took longer than the new timeout: it would have failed.',
        other: '# looks took longer than the new timeout: they would have failed.',
      });
    case 'longer-timeout':
      return plural(looks, {
        one: '# look was given up before the new timeout: whether an answer would have come can’t be known, so it counts as failed.',
        other:
          '# looks were given up before the new timeout: whether an answer would have come can’t be known, so they count as failed.',
      });
    case 'longer-interval':
      return t`Replayed with the looks that the longer interval would have kept: what came and went between them is not seen.`;
    case 'shorter-interval':
      return t`A shorter interval finds failures sooner, by up to the difference, and perhaps some that nobody saw. What its looks would have seen can’t be known, so only those that were made are replayed.`;
    case 'parents-cut':
      return t`The parents failed more often than is read: what lies further back held nothing back here.`;
  }
};

/** Those of several answers as one list; the looks of the same kind add up. */
export const mergeCaveats = (all: readonly Caveat[]): readonly Caveat[] =>
  [...Map.groupBy(all, ({ what }) => what)].map(([what, some]) => ({
    what,
    looks: some.reduce((sum, { looks }) => sum + looks, 0),
  }));
