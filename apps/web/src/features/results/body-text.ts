const utf8 = new Set(['utf-8', 'utf8', '']);

/** A body as it can be shown: as text, or in hexadecimal where it is none. */
export type BodyText = Readonly<
  { kind: 'text'; text: string; charset: string } | { kind: 'binary'; hex: string; bytes: number }
>;

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

const charsetOf = (contentType: string): string =>
  /charset\s*=\s*"?([\w.:-]+)/iu.exec(contentType)?.[1]?.toLowerCase() ?? '';

const decoderOf = (charset: string): TextDecoder => {
  try {
    return new TextDecoder(utf8.has(charset) ? 'utf-8' : charset);
  } catch {
    return new TextDecoder(); // a charset that nobody knows
  }
};

const shownBytes = 512;
const twoDigits = (byte: number): string => byte.toString(16).padStart(2, '0');
/** Sixteen bytes a line, each line with where it begins. */
const hexOf = (bytes: Uint8Array): string =>
  Array.from({ length: Math.ceil(Math.min(bytes.length, shownBytes) / 16) }, (_, line) => {
    const part = [...bytes.subarray(line * 16, Math.min(line * 16 + 16, shownBytes))];
    return `${(line * 16).toString(16).padStart(8, '0')}  ${part.map(twoDigits).join(' ')}`;
  }).join('\n');

/** Too much that is no letter, but control characters that no text has. */
const isBinary = (text: string): boolean => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const odd = text.match(/[\u0000-\u0008\u000e-\u001a\ufffd]/gu)?.length ?? 0;
  return odd > text.length / 10;
};

/** Bytes as text, whatever they are: nothing of a foreign answer is ever rendered. */
export const readBody = (base64: string, contentType = ''): BodyText => {
  const bytes = bytesOf(base64);
  const decoder = decoderOf(charsetOf(contentType));
  const text = decoder.decode(bytes);
  if (isBinary(text)) return { kind: 'binary', hex: hexOf(bytes), bytes: bytes.length };
  return { kind: 'text', text, charset: decoder.encoding };
};
