/** PostgreSQL's JSON takes neither NUL nor half a character, which a site's answer or a log may well hold. */
const storableText = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();

/** JSON that the database takes, whatever the texts in it were made from. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storableText(part) : part));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
};

/** The same text for the same value, whatever order the database gave its names. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(JSON.parse(storableJson(value))));
