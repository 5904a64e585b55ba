/** A body without the sizes of its chunks; `whole` false = it ends before its last chunk. */
export type Unchunked = Readonly<{ body: string; whole: boolean }>;

const sizeLine = /^([0-9a-f]{1,8})[ \t]{0,4}(?:;[^\r\n]{0,200})?\r?\n/iu;

/** Undoes chunked transfer coding where the sizes were pasted along (RFC 9112, section 7.1); null = they were not. */
export const unchunked = (text: string): Unchunked | null => {
  if (!sizeLine.test(text)) return null;
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const line = decoder.decode(bytes.subarray(at, at + 240));
    const [whole, size] = sizeLine.exec(line) ?? [];
    if (whole === undefined || size === undefined)
      return parts.length === 0 ? null : { body: parts.join(''), whole: false };
    const length = Number.parseInt(size, 16);
    if (length === 0) return { body: parts.join(''), whole: true };
    const begin = at + whole.length;
    parts.push(decoder.decode(bytes.subarray(begin, begin + length)));
    if (begin + length > bytes.length) return { body: parts.join(''), whole: false };
    const after = decoder.decode(bytes.subarray(begin + length, begin + length + 2));
    at = begin + length + (after === '\r\n' ? 2 : after.startsWith('\n') ? 1 : 0);
    if (at >= bytes.length) return { body: parts.join(''), whole: false };
  }
};
