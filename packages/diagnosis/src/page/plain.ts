/** A paste as lines that read as `curl -i` would have printed them, and what else was said around them. */
export type Plain = Readonly<{
  lines: readonly string[];
  /** What the client said of its own doing: connected to, failed with. */
  said: readonly string[];
  url: string | null;
  method: string | null;
  address: string | null;
}>;

/** A URL without its query, in which a secret may stand. */
export const plainUrl = (text: string): string | null => {
  const url = URL.parse(text);
  return url === null || !/^https?:$/u.test(url.protocol) ? null : `${url.origin}${url.pathname}`;
};
