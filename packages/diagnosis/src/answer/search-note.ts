/** What an outage of this length does to search ranking; null while it is short. */
export const searchNote = (_downForMs: number | null): string | null => null;
