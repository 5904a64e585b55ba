/** A text that was begun and not saved, kept in this browser only. */
export type Draft = Readonly<{ text: string; at: string }>;

const keyOf = (incidentId: string): string => `farwatch.post-mortem.${incidentId}`;

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'at' in value &&
  typeof value.at === 'string' &&
  !Number.isNaN(Date.parse(value.at));

/** Null when there is none, or this browser keeps nothing. */
export const readDraft = (incidentId: string): Draft | null => {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(incidentId)) ?? 'null');
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
};

/** Keeps it, or forgets it when `text` is null; a browser that keeps nothing is no reason to stop writing. */
export const keepDraft = (incidentId: string, text: string | null, now = Date.now()): void => {
  try {
    if (text === null) localStorage.removeItem(keyOf(incidentId));
    else localStorage.setItem(keyOf(incidentId), JSON.stringify({ text, at: new Date(now).toISOString() }));
  } catch {
    // Private windows and full disks refuse.
  }
};
