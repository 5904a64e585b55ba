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

/** `encode(text)` in at most `max` UTF-16 units. What does not fit is cut before it is escaped: no entity is halved. */
export const cutEscaped = (text: string, max: number, encode: (text: string) => string): string => {
  const whole = encode(text);
  if (whole.length <= max) return whole;
  const points = [...text.slice(0, max)];
  let [fits, tooMany] = [0, points.length + 1];
  while (tooMany - fits > 1) {
    const half = (fits + tooMany) >> 1;
    if (encode(`${points.slice(0, half).join('')}…`).length <= max) fits = half;
    else tooMany = half;
  }
  return encode(`${points.slice(0, fits).join('')}…`);
};

/** The lines, escaped, in at most `max` UTF-16 units; how many were left out is said in place of the last. */
export const cutLines = (lines: readonly string[], max: number, encode: (text: string) => string): string => {
  const whole = lines.map(encode).join('\n');
  if (whole.length <= max) return whole;
  const kept: string[] = [];
  let room = max;
  for (const [i, line] of lines.entries()) {
    const last = i === lines.length - 1;
    const more = last ? '' : `\n… and ${lines.length - i - 1} more`;
    const written = encode(line);
    if (written.length + more.length > room) {
      if (i === 0) return `${cutEscaped(line, Math.max(1, room - more.length), encode)}${more}`;
      // Room for these words was kept free by the line before.
      return [...kept, `… and ${lines.length - i} more`].join('\n');
    }
    kept.push(written);
    room -= written.length + 1;
  }
  return kept.join('\n');
};

/** Nothing a reader would see: providers refuse a field of it. */
export const isBlank = (text: string): boolean => /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);

/** `text` without the parts of `secrets` (of 9 characters or more), which error pages like to repeat. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets
    .flatMap((secret) => secret.split(/[^\w-]+/u).filter((part) => part.length > 8))
    .reduce((left, part) => left.replaceAll(part, '…'), text);

/** Whether chat services take this URL for a link: they refuse hosts without a dot, such as localhost. */
export const isLinkable = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed !== null && /^https?:$/u.test(parsed.protocol) && /[.[]/u.test(parsed.hostname);
};
