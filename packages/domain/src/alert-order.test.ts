import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type IncidentEvent,
  type IncidentNews,
  incidentEvents,
  mergeOf,
  type OpeningFate,
  rankOf,
} from './alert-order.ts';

test('a channel hears of the opening first and of the recovery last', () => {
  const told = ['resolved', 'reminder', 'opened', 'acknowledged', 'escalated'].map(
    (e) => `incident.${e}` as IncidentEvent,
  );
  expect(told.toSorted((a, b) => rankOf(a) - rankOf(b))).toEqual(incidentEvents);
});

test.each<[IncidentNews, string]>([
  [{ event: 'incident.opened', incidentResolved: false, maybeHeard: 'nothing' }, 'as-is'],
  [{ event: 'incident.opened', incidentResolved: false, maybeHeard: 'down' }, 'as-is'],
  [{ event: 'incident.opened', incidentResolved: true, maybeHeard: 'nothing' }, 'both'],
  [{ event: 'incident.opened', incidentResolved: true, maybeHeard: 'down' }, 'as-is'],
  [{ event: 'incident.opened', incidentResolved: true, maybeHeard: 'both' }, 'both'],
  [{ event: 'incident.escalated', incidentResolved: false }, 'as-is'],
  [{ event: 'incident.reminder', incidentResolved: false }, 'as-is'],
  [{ event: 'incident.acknowledged', incidentResolved: false }, 'as-is'],
  [{ event: 'incident.escalated', incidentResolved: true }, 'drop'],
  [{ event: 'incident.reminder', incidentResolved: true }, 'drop'],
  [{ event: 'incident.acknowledged', incidentResolved: true }, 'drop'],
  [{ event: 'incident.resolved', opening: 'heard' }, 'as-is'],
  [{ event: 'incident.resolved', opening: 'heard-as-both' }, 'drop'],
  [{ event: 'incident.resolved', opening: 'dead' }, 'both'],
  [{ event: 'incident.resolved', opening: 'never-planned' }, 'drop'],
])('%j is told: %s', (news, merge) => expect(mergeOf(news)).toBe(merge));

/** What came of an attempt. `lost`: no answer; `unseen`: it got through and the answer was lost. */
type Came = 'delivered' | 'refused' | 'lost' | 'unseen';
type Happening = IncidentEvent | Came;
type Heard = 'down' | 'still' | 'up' | 'both';
type Channel = {
  pending: IncidentEvent[];
  opening: OpeningFate | 'waiting';
  maybe: 'nothing' | 'down' | 'both';
  heard: Heard[];
  over: boolean;
  recoveryRefused: boolean;
  /** It knows ids: an opening that it has heard already it does not hear again, whatever that says now. */
  knowsIds: boolean;
};

const plain: Readonly<Record<IncidentEvent, Heard>> = {
  'incident.opened': 'down',
  'incident.escalated': 'still',
  'incident.reminder': 'still',
  'incident.acknowledged': 'still',
  'incident.resolved': 'up',
};

const newsOf = ({ over, maybe, opening }: Channel, event: IncidentEvent): IncidentNews => {
  if (event === 'incident.opened') return { event, incidentResolved: over, maybeHeard: maybe };
  if (event !== 'incident.resolved') return { event, incidentResolved: over };
  if (opening === 'waiting') throw new Error('the turn of a recovery before its opening has ended');
  return { event, opening };
};

/** One attempt at what comes first; what has to be dropped before it is. */
const attempt = (channel: Channel, came: Came): void => {
  const event = channel.pending.toSorted((a, b) => rankOf(a) - rankOf(b))[0];
  if (event === undefined) return;
  const settle = (): void => {
    channel.pending.splice(channel.pending.indexOf(event), 1);
  };
  const merge = mergeOf(newsOf(channel, event));
  if (merge === 'drop') {
    settle();
    attempt(channel, came);
    return;
  }
  const words = merge === 'both' ? 'both' : plain[event];
  const repeated = event === 'incident.opened' && channel.heard.some((one) => one === 'down' || one === 'both');
  const ignored = repeated && channel.knowsIds;
  if ((came === 'delivered' || came === 'unseen') && !ignored) channel.heard.push(words);
  if (event === 'incident.resolved' && came === 'refused') channel.recoveryRefused = true;
  if (event === 'incident.opened') {
    if (came === 'delivered') channel.opening = merge === 'both' ? 'heard-as-both' : 'heard';
    if (came === 'refused') channel.opening = 'dead';
    if (came === 'unseen' || came === 'lost') channel.maybe = merge === 'both' ? 'both' : 'down';
  }
  if (came === 'delivered' || came === 'refused') settle();
};

const happen = (channel: Channel, what: Happening): void => {
  switch (what) {
    case 'delivered':
    case 'refused':
    case 'lost':
    case 'unseen':
      attempt(channel, what);
      return;
    case 'incident.opened':
      if (channel.opening !== 'never-planned' || channel.over) return;
      channel.opening = 'waiting';
      channel.pending.push(what);
      return;
    case 'incident.resolved':
      if (channel.over) return;
      channel.over = true;
      channel.pending.push(what);
      return;
    default: // who was never meant to hear of it hears no more of it
      if (!channel.over && channel.opening !== 'never-planned') channel.pending.push(what);
  }
};

const happenings = fc.array(
  fc.constantFrom<Happening>(...incidentEvents, 'delivered', 'delivered', 'refused', 'lost', 'unseen'),
  { maxLength: 30, size: 'max' },
);

test('whatever the interleaving: no recovery before a down, no down after a recovery, and no down left standing', () => {
  fc.assert(
    fc.property(happenings, fc.boolean(), fc.boolean(), (line, opensFirst, knowsIds) => {
      const channel: Channel = {
        pending: [],
        opening: 'never-planned',
        maybe: 'nothing',
        heard: [],
        over: false,
        recoveryRefused: false,
        knowsIds,
      };
      for (const what of opensFirst ? (['incident.opened', ...line] as const) : line) happen(channel, what);
      happen(channel, 'incident.resolved');
      while (channel.pending.length > 0) attempt(channel, 'delivered');
      const { heard } = channel;
      const over = heard.findIndex((words) => words === 'up' || words === 'both');
      if (over === -1) {
        if (!channel.recoveryRefused) expect(heard).toEqual([]);
        return;
      }
      if (heard[over] === 'up') expect(heard.slice(0, over)).toContain('down');
      for (const words of heard.slice(over)) expect(['up', 'both']).toContain(words);
    }),
    { numRuns: 3_000 },
  );
});
