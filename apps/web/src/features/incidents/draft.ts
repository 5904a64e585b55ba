/**
 * A text that was begun and not saved, kept in this browser only. `base` is the tag of the saved text it began from: it is
 * saved over that one alone. Null: not known.
 */
export type Draft = Readonly<{ text: string; at: string; base: string | null }>;

const keyOf = (incidentId: string): string => `farwatch.post-mortem.${incidentId}`;

const draftOf = (value: unknown): Draft | null => {
  if (typeof value !== 'object' || value === null) return null;
  if (!('text' in value && typeof value.text === 'string')) return null;
  if (!('at' in value && typeof value.at === 'string') || Number.isNaN(Date.parse(value.at))) return null;
  return {
    text: value.text,
    at: value.at,
    base: 'base' in value && typeof value.base === 'string' ? value.base : null,
  };
};

/** Null when there is none, or this browser keeps nothing. */
export const readDraft = (incidentId: string): Draft | null => {
  try {
    return draftOf(JSON.parse(localStorage.getItem(keyOf(incidentId)) ?? 'null'));
  } catch {
    return null;
  }
};

/** Keeps it, or forgets it when there is none; a browser that keeps nothing is no reason to stop writing. */
export const keepDraft = (incidentId: string, draft: Pick<Draft, 'text' | 'base'> | null, now = Date.now()): void => {
  try {
    if (draft === null) localStorage.removeItem(keyOf(incidentId));
    else localStorage.setItem(keyOf(incidentId), JSON.stringify({ ...draft, at: new Date(now).toISOString() }));
  } catch {
    // Private windows and full disks refuse.
  }
};
