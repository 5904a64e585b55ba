/** A paste as lines that read as `curl -i` would have printed them, and what else was said around them. */
export type Plain = Readonly<{
  lines: readonly string[];
  /** What the client said of its own doing: connected to, failed with. */
  said: readonly string[];
  url: string | null;
  method: string | null;
  address: string | null;
  /** From the request to the answer's first line, where the client wrote the time beside them; null = not told. */
  waitedMs: number | null;
}>;

const dayMs = 86_400_000;
/** Between two times of a clock that may have passed midnight; shorter than its `grain` is not told. */
export const between = (from: number | null, to: number | null, grain: number): number | null => {
  if (from === null || to === null) return null;
  const ms = to < from ? to + dayMs - from : to - from;
  return ms < grain ? null : ms;
};

/** `04:00:00.250000` as ms of the day; null = it is none. */
export const clockOf = (text: string | undefined): number | null => {
  const [, h, m, s] = /^(\d\d):(\d\d):(\d\d(?:\.\d{1,9})?)$/u.exec(text ?? '') ?? [];
  return s === undefined ? null : (Number(h) * 60 + Number(m)) * 60_000 + Number(s) * 1_000;
};

/** A URL without its query, in which a secret may stand. */
export const plainUrl = (text: string): string | null => {
  const url = URL.parse(text);
  return url === null || !/^https?:$/u.test(url.protocol) ? null : `${url.origin}${url.pathname}`;
};
