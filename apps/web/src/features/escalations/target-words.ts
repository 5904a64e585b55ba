import type { NewPolicy } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { labelOf } from '../../ui/choice.ts';
import type { KindChoice, Reachable } from './slots.ts';

export type Target = NewPolicy['steps'][number]['targets'][number];

/** One of those whom a step tells, in words. */
export type Told = Readonly<{
  name: string;
  /** Who that is right now, where it changes. */
  now: string | null;
  /** By which kinds; `all` = whatever they have, which is then what `by` lists. */
  by: readonly KindChoice[];
  all: boolean;
  /** Why nobody would hear. */
  warning: string | null;
}>;

/** The kinds of the channels that a person owns, each once. */
const kindsOf = (reachable: Reachable, accountId: string): readonly string[] => [
  ...new Set(reachable.channels.filter(({ ownerId }) => ownerId === accountId).map(({ kind }) => kind)),
];

const kindsNamed = (reachable: Reachable, names: readonly string[]): readonly KindChoice[] =>
  reachable.kinds.filter(({ value }) => names.includes(value));

type Person = Readonly<{ accountId: string; channelKinds: readonly string[] | null }>;
/** What keeps a person from hearing: they left, or have no channel of these kinds. */
const unheard = (reachable: Reachable, { accountId, channelKinds }: Person): string | null => {
  if (reachable.state !== 'known') return null;
  const name = reachable.people.find(({ value }) => value === accountId)?.label;
  if (name === undefined) return t`They left the organisation: nobody hears here.`;
  const kinds = kindsOf(reachable, accountId);
  if (kinds.length === 0) return t`${name} owns no channel: nobody hears here.`;
  return channelKinds === null || kinds.some((kind) => channelKinds.includes(kind))
    ? null
    : t`${name} owns no channel of these kinds: nobody hears here.`;
};

const personTold = (reachable: Reachable, { accountId, channelKinds }: Person): Pick<Told, 'by' | 'all'> => ({
  all: channelKinds === null,
  by: kindsNamed(reachable, channelKinds ?? kindsOf(reachable, accountId)),
});

const channelTold = ({ channels, state }: Reachable, channelId: string): Told => {
  const found = channels.find(({ value }) => value === channelId);
  const lost = found === undefined && state === 'known';
  const name = found?.label ?? (lost ? t`A channel that is gone` : t`A channel`);
  return { name, now: null, by: [], all: false, warning: lost ? t`It was deleted: nobody hears here.` : null };
};

const scheduleTold = (reachable: Reachable, target: Extract<Target, { kind: 'schedule' }>): Told => {
  const { channelKinds, scheduleId } = target;
  const found = reachable.schedules.find(({ value }) => value === scheduleId);
  const lost = found === undefined && reachable.state === 'known';
  const name = found?.label ?? (lost ? t`a schedule that is gone` : t`a schedule`);
  const accountId = found?.onCall ?? null;
  const nobody = { all: channelKinds === null, by: kindsNamed(reachable, channelKinds ?? []) };
  const person = accountId === null ? null : { accountId, channelKinds };
  const deserted = lost ? t`It was deleted: nobody hears here.` : t`Nobody is on call now.`;
  return {
    name: t`On call: ${name}`,
    now: accountId === null ? null : labelOf(reachable.people, accountId, t`somebody who left`),
    ...(person === null ? nobody : personTold(reachable, person)),
    warning: person !== null ? unheard(reachable, person) : lost || found !== undefined ? deserted : null,
  };
};

/** Whom a target means, by what they hear, and whether they hear at all. */
export const toldOf = (target: Target, reachable: Reachable): Told => {
  switch (target.kind) {
    case 'everyone':
      return { name: t`Every channel`, now: null, by: [], all: false, warning: null };
    case 'channel':
      return channelTold(reachable, target.channelId);
    case 'account': {
      const lost = reachable.state === 'known' ? t`Somebody who left` : t`A person`;
      const name = labelOf(reachable.people, target.accountId, lost);
      return { name, now: null, ...personTold(reachable, target), warning: unheard(reachable, target) };
    }
    case 'schedule':
      return scheduleTold(reachable, target);
  }
};
