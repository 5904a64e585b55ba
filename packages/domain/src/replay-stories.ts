import type { UntoldReason } from './past-incident.ts';
import type { PastMessage, PastNews } from './replay-channel.ts';
import type { LadderRun } from './replay-run.ts';

export type AlertStory = Readonly<{
  /** The first message about it (epoch ms); null = nobody was told of it. */
  firstAt: number | null;
  /** Messages that said it is down, by channel. */
  alerts: ReadonlyMap<string, number>;
  /** All messages, with that somebody has it and that it is over. */
  messages: number;
  /** What put the first message off, or kept it from being sent. */
  because: UntoldReason | null;
}>;

const alertEvents: readonly string[] = ['incident.opened', 'incident.escalated', 'incident.reminder'];
export const isAlert = ({ event }: PastNews): boolean => alertEvents.includes(event);

export const count = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

type Heard = {
  readonly alerts: Map<string, number>;
  messages: number;
  first: Readonly<{ at: number; news: PastNews }>;
};

const idsOf = (news: readonly PastNews[]): ReadonlySet<string> => new Set(news.map(({ incident }) => incident.id));

const heardOf = (messages: readonly PastMessage[]): ReadonlyMap<string, Heard> => {
  const heard = new Map<string, Heard>();
  for (const { at, channelId, news } of messages) {
    for (const one of news)
      if (!heard.has(one.incident.id))
        heard.set(one.incident.id, { alerts: new Map(), messages: 0, first: { at, news: one } });
    for (const id of idsOf(news)) {
      const of = heard.get(id);
      if (of !== undefined) of.messages++;
    }
    for (const id of idsOf(news.filter(isAlert))) count(heard.get(id)?.alerts ?? new Map(), channelId);
  }
  return heard;
};

/** `planned`: the first news of it that was to be told at all. */
const reasonOf = (
  { delayed, around }: LadderRun,
  heard: Heard | undefined,
  planned: PastNews | undefined,
): UntoldReason | null => {
  if (heard !== undefined) {
    const { at, news } = heard.first;
    return delayed ?? (at > news.at ? (news.putOffBy ?? 'gathered') : null);
  }
  if (planned !== undefined) return planned.putOffBy === 'quiet-hours' ? 'quiet-hours' : (delayed ?? 'over-first');
  return delayed ?? (around.queues.length === 0 ? 'nobody-reached' : 'over-first');
};

/** What became of each incident, told from the messages. */
export const storiesOf = (
  runs: ReadonlyMap<string, LadderRun>,
  messages: readonly PastMessage[],
  planned: ReadonlyMap<string, PastNews>,
): ReadonlyMap<string, AlertStory> => {
  const heard = heardOf(messages);
  const story = (id: string, run: LadderRun): AlertStory => {
    const of = heard.get(id);
    const because = reasonOf(run, of, planned.get(id));
    return { firstAt: of?.first.at ?? null, alerts: of?.alerts ?? new Map(), messages: of?.messages ?? 0, because };
  };
  return new Map([...runs].map(([id, run]) => [id, story(id, run)]));
};
