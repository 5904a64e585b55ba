import { type Agenda, openAgenda } from './agenda.ts';
import type { PastDeed, PastIncident, PastWorld } from './past-incident.ts';
import { newsDueAt, type QuietHours, quietUntil } from './quiet-hours.ts';
import { type ChannelQueue, openChannelQueue, type PastMessage, type PastNews } from './replay-channel.ts';
import { advance, end, nextAt, open, otherOver, parentOpened, perform, wake } from './replay-ladder.ts';
import { type LadderRun, newRun, type Surround } from './replay-run.ts';
import { type AlertStory, count, isAlert, storiesOf } from './replay-stories.ts';

export type ReplayedAlerts = Readonly<{
  /** By incident. What one message tells of several counts for each of them. */
  stories: ReadonlyMap<string, AlertStory>;
  /** Messages that said that something is down, by channel; one that tells of several is one. */
  alerts: ReadonlyMap<string, number>;
  messages: number;
  /** More would have been sent than was counted: an incident had more news than are replayed. */
  isLeast: boolean;
}>;

type Happening =
  | Readonly<{ kind: 'opened' | 'over' | 'due'; run: LadderRun }>
  | Readonly<{ kind: 'deed'; run: LadderRun; deed: PastDeed }>
  | Readonly<{ kind: 'parent-opened' | 'other-over'; run: LadderRun; incidentId: string }>
  | Readonly<{ kind: 'send'; queue: ChannelQueue }>;

/** At one moment facts come first, then what is due by them, then what is sent. */
const ranks = { fact: 0, due: 1, send: 2 } as const;

/** Quiet hours are often shared, and asked for many channels at one moment. */
const rememberingQuiet = (): typeof quietUntil => {
  let known = new Map<QuietHours, number | null>();
  let knownFor = '';
  return (quiet, severity, at) => {
    const question = `${severity} ${at}`;
    if (question !== knownFor) known = new Map();
    knownFor = question;
    const until = known.has(quiet) ? (known.get(quiet) ?? null) : quietUntil(quiet, severity, at);
    known.set(quiet, until);
    return until;
  };
};

type Replaying = Readonly<{
  agenda: Agenda<Happening>;
  queues: readonly ChannelQueue[];
  runs: Map<string, LadderRun>;
  /** Those that leave the telling to an incident, by its id. */
  partsOf: Map<string, LadderRun[]>;
  /** For when a queue is next looked at. */
  looks: Map<ChannelQueue, number>;
  messages: PastMessage[];
  /** Of each incident what was to be told first. */
  planned: Map<string, PastNews>;
}>;

const lookAt = ({ looks, agenda }: Replaying, queue: ChannelQueue, at: number): void => {
  if ((looks.get(queue) ?? Number.POSITIVE_INFINITY) <= at) return;
  looks.set(queue, at);
  agenda.add(at, ranks.send, { kind: 'send', queue });
};

/** Puts news into channels' queues. */
const planner = (replaying: Replaying): Surround['plan'] => {
  const quietAt = rememberingQuiet();
  let place = 0;
  return (queue, { gathered, ...given }) => {
    const { severity, id } = given.incident;
    const due = newsDueAt(queue.channel, { severity, now: given.at, gathered }, quietAt);
    const news: PastNews = { ...given, ...due, place: place++ };
    if (!replaying.planned.has(id)) replaying.planned.set(id, news);
    queue.add(news);
    lookAt(replaying, queue, due.dueAt);
  };
};

const isSilent = ({ runs }: Replaying, incidentId: string): boolean => {
  const held = runs.get(incidentId)?.held ?? null;
  return held !== null && held.reason !== 'shared-cause';
};

/** Puts what is known of an incident on the agenda. */
const factsOf = (replaying: Replaying, incident: PastIncident, around: Surround): void => {
  const { agenda, runs, partsOf } = replaying;
  const { toldAt, overAt, deeds, share } = incident;
  const run = newRun(incident, around);
  runs.set(incident.id, run);
  const fact = (at: number, what: Happening): void => {
    if (at >= toldAt && at <= (overAt ?? at)) agenda.add(at, ranks.fact, what);
  };
  fact(toldAt, { kind: 'opened', run });
  for (const { id: incidentId, from, until } of around.ancestors.flatMap((one) => one.incidents)) {
    if (from > toldAt) fact(from, { kind: 'parent-opened', run, incidentId });
    if (until !== null) fact(until, { kind: 'other-over', run, incidentId });
  }
  for (const deed of deeds) fact(deed.at, { kind: 'deed', run, deed });
  if (overAt !== null) agenda.add(Math.max(overAt, toldAt), ranks.fact, { kind: 'over', run });
  if (share === null) return;
  if (share.until !== null) fact(share.until, { kind: 'other-over', run, incidentId: share.incidentId });
  partsOf.set(share.incidentId, [...(partsOf.get(share.incidentId) ?? []), run]);
};

const goOn = ({ agenda }: Replaying, run: LadderRun): void => {
  const at = nextAt(run);
  if (at !== null) agenda.add(at, ranks.due, { kind: 'due', run });
};

/** Changes a ladder, and wakes those that leave the telling to it when it falls silent, or may speak again. */
const change = (replaying: Replaying, run: LadderRun, at: number, how: () => void): void => {
  const { id } = run.incident;
  const before = isSilent(replaying, id);
  how();
  goOn(replaying, run);
  if (isSilent(replaying, id) === before) return;
  for (const part of replaying.partsOf.get(id) ?? []) {
    wake(part, at);
    goOn(replaying, part);
  }
};

const send = (replaying: Replaying, queue: ChannelQueue, at: number): void => {
  if (replaying.looks.get(queue) !== at) return; // it was looked at before
  replaying.looks.delete(queue);
  replaying.messages.push(...queue.send(at));
  const next = queue.nextAfter(at);
  if (next !== null) lookAt(replaying, queue, next);
};

const changeOf = (at: number, what: Exclude<Happening, { kind: 'send' }>): void => {
  const { run } = what;
  switch (what.kind) {
    case 'opened':
      open(run, at);
      break;
    case 'due':
      advance(run, at);
      break;
    case 'deed':
      perform(run, what.deed);
      break;
    case 'parent-opened':
      parentOpened(run, what.incidentId, at);
      break;
    case 'other-over':
      otherOver(run, what.incidentId, at);
      break;
    case 'over':
      end(run, at);
      break;
  }
};

const happen = (replaying: Replaying, at: number, what: Happening): void => {
  if (what.kind === 'send') send(replaying, what.queue, at);
  else if (what.kind !== 'due' || (nextAt(what.run) ?? Number.POSITIVE_INFINITY) <= at)
    change(replaying, what.run, at, () => changeOf(at, what));
};

function* begin({ incidents, channels, rulesOf, ancestorsOf }: PastWorld): Generator<undefined, Replaying> {
  const phones: number[] = [];
  const queues = channels.map((channel) => openChannelQueue(channel, phones));
  const replaying: Replaying = {
    ...{ agenda: openAgenda(), queues, runs: new Map(), partsOf: new Map(), looks: new Map(), messages: [] },
    planned: new Map(),
  };
  const plan = planner(replaying);
  for (const incident of incidents.toSorted((a, b) => a.toldAt - b.toldAt || (a.id < b.id ? -1 : 1))) {
    factsOf(replaying, incident, {
      ...{ rules: rulesOf(incident), ancestors: ancestorsOf(incident.monitorId), queues, plan },
      isSilent: (id) => isSilent(replaying, id),
    });
    yield;
  }
  return replaying;
}

/** So much happens at a time: whoever replays may see to something else between. */
const together = 100;

/**
 * What people would have been told of past incidents under some rules: every ladder and every channel's queue goes by the
 * rules of the present ones, moment by moment, so that silences, what is told together and the pace of a channel count.
 * What people did then, and which incidents shared a cause, are taken as they were. A child waits the whole time that its
 * own check may take after its parent is back, and no message fails. Yields now and then; answers at its end.
 */
export function* replayingAlerts(world: PastWorld, now: number): Generator<undefined, ReplayedAlerts> {
  const replaying = yield* begin(world);
  const { agenda, runs, messages, planned } = replaying;
  for (let done = 1, one = agenda.next(); one !== null && one.at <= now; one = agenda.next(), done++) {
    happen(replaying, one.at, one.what);
    if (done % together === 0) yield;
  }
  const alerts = new Map<string, number>();
  for (const { channelId, news } of messages) if (news.some(isAlert)) count(alerts, channelId);
  const isLeast = [...runs.values()].some(({ isCut }) => isCut);
  return { stories: storiesOf(runs, messages, planned), alerts, messages: messages.length, isLeast };
}

/** The same, in one go. */
export const replayAlerts = (world: PastWorld, now: number): ReplayedAlerts => {
  const replaying = replayingAlerts(world, now);
  for (let step = replaying.next(); ; step = replaying.next()) if (step.done === true) return step.value;
};
