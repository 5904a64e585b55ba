import type { Note } from './dial.ts';

export type EventNote = Extract<Note, { kind: 'event' }>;
/** What the leading tab has told, for tabs that come later. */
export type ToldNotes = Readonly<{
  keep: (note: EventNote) => void;
  /** The events after this one; null when it is not known whether these are all. */
  since: (id: string | null) => readonly EventNote[] | null;
}>;

const most = 200;

/** `from`: the event from which on everything is told; null when that is not known. */
export const keepTold = (from: string | null): ToldNotes => {
  let complete = from === null ? null : BigInt(from); // after it nothing is missing in `kept`
  const kept: { id: bigint; note: EventNote }[] = [];
  return {
    keep: (note) => {
      if (note.id === null) return; // a look: told live, never again
      complete ??= BigInt(note.id);
      kept.push({ id: BigInt(note.id), note });
      const dropped = kept.length > most ? kept.shift() : undefined;
      if (dropped !== undefined && complete !== null) complete = dropped.id;
    },
    since: (id) => {
      if (id === null || complete === null || BigInt(id) < complete) return null;
      const after = BigInt(id);
      return kept.filter((each) => each.id > after).map(({ note }) => note);
    },
  };
};
