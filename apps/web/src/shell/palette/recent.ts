/** Wiped at log-out (api/session-end.ts). */
export const recentKey = 'farwatch-recent';
const kept = 10;

/** What was chosen in the palette lately, newest first. Storage may be forbidden: then nothing was. */
export const recentIds = (): readonly string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
};

export const rememberId = (id: string): void => {
  try {
    const ids = [id, ...recentIds().filter((each) => each !== id)].slice(0, kept);
    localStorage.setItem(recentKey, JSON.stringify(ids));
  } catch {
    // Nothing is remembered then.
  }
};
