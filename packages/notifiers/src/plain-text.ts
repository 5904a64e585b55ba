/** Control characters, line and paragraph separators, and what turns the writing direction around. */
const breaking = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Text from outside as one harmless line: no control character, no line break, no broken surrogate. */
export const oneLine = (text: string): string => text.toWellFormed().replace(breaking, ' ').trim();

/** At most `max` characters (code points), the last an ellipsis when something was cut. */
export const cut = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const points = [...text];
  return points.length <= max ? text : `${points.slice(0, max - 1).join('')}…`;
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe inside HTML text and inside quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/gu, (c) => entities[c] ?? c);
