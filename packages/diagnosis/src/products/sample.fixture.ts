import type { Answer } from '../case.ts';
import type { Cause } from '../causes.ts';

/** One answer of a product, and what was wrong when it came. */
export type Sample = Readonly<{
  /** Who wrote it. */
  product: string;
  what: string;
  /** From the request to the first byte; null = not measured. */
  waitedMs: number | null;
  answer: Answer;
  /** Any of these is right; empty = not known. */
  causes: readonly Cause[];
}>;

/** Reads a head as it came: the status line, then the headers, in their order and case. */
export const answerOf = (head: string, body: string): Answer => {
  const [first = '', ...lines] = head.split('\n');
  const status = /^HTTP\/[\d.]+ (\d{3}) ?(.*)$/u.exec(first);
  return {
    status: Number(status?.[1]),
    reason: status?.[2] || null,
    httpVersion: '1.1',
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
    body,
    bodyBytes: body.length,
  };
};

export const sample = (
  product: string,
  what: string,
  waitedMs: number | null,
  head: string,
  body: string,
  causes: readonly Cause[] = [],
): Sample => ({ product, what, waitedMs, answer: answerOf(head, body), causes });
