import type { Finding } from '@farwatch/domain';
import { contentOf } from './content.ts';
import { type Exchange, type Head, recorder } from './http-answer.ts';
import { openReader } from './http1-reader.ts';
import type { Method } from './question.ts';

/** An answer that somebody recorded, read as a look would have read it. */
export type RecordedAnswer = Readonly<{
  head: Head;
  /** Decoded, as far as it can be. */
  body: Buffer;
  findings: readonly Finding[];
  /** The code of what keeps a visitor from reading it whole; null = nothing does. */
  fault: string | null;
}>;

const nobody = {
  url: new URL('http://recorded.invalid/'),
  ...{ userAgent: '', codings: '', skipBody: () => false, onSent: () => undefined, onFirstByte: () => undefined },
};

const exchangeOf = (bytes: Buffer, method: Method): Promise<Exchange> =>
  new Promise((resolve) => {
    const record = recorder({ ...nobody, question: { method, headers: {}, body: null, secret: null } }, resolve);
    const reader = openReader(method, {
      head: record.head,
      data: record.data,
      done: (excess) => record.end(null, { excess }),
      fault: ({ code, words }) => record.end(code, { words }),
    });
    reader.push(bytes);
    reader.end();
  });

/** Reads the bytes of one HTTP/1 answer from its status line on; null = they are none. */
export const readRecordedAnswer = async (bytes: Buffer, method: Method = 'GET'): Promise<RecordedAnswer | null> => {
  const exchange = await exchangeOf(bytes, method);
  if (exchange.head === null) return null;
  const content = await contentOf(exchange, method);
  return {
    head: exchange.head,
    body: content.bytes,
    findings: content.findings,
    fault: exchange.fault ?? content.fault,
  };
};
