import { gunzipSync } from 'node:zlib';
import { startRawTarget } from '@farwatch/testkit';
import { describe, expect } from 'vitest';
import { corpora, corpusBytes, corpusRows } from '../corpus.fixture.ts';
import { lookAt, phaseSum, said } from '../look.fixture.ts';

const llhttp = corpusRows<{ title: string; raw_b64: string }>('http/llhttp-responses.jsonl').map((row) => ({
  name: row.title,
  bytes: Buffer.from(row.raw_b64, 'base64'),
}));
const curl = corpusRows<{ id: number; name: string; replies_crlf: { data?: string } }>(
  'http/curl-replies-plain-get.jsonl.gz',
  (path) => gunzipSync(corpusBytes(path)),
).map((row) => ({ name: `curl ${row.id} ${row.name}`, bytes: Buffer.from(row.replies_crlf.data ?? '', 'base64') }));

const timeoutMs = 500;
const endings = { 'is closed': 'end', 'is reset': 'resetAndDestroy', 'stays open': 'ref' } as const;
const failures = /^(up|degraded|timeout|[1-9]\d\d|(dns|connect|tls|protocol):[A-Z0-9_]+)$/u;

describe.each(Object.entries(endings))(
  'every raw answer of the corpora settles once, when the connection afterwards %s',
  (_, ending) => {
    corpora.test(
      'within the timeout and a second, with a word from the list',
      async () => {
        const wrong: unknown[] = [];
        const rows = [...llhttp, ...curl];
        const lookAtRow = async ({ name, bytes }: (typeof rows)[number]): Promise<void> => {
          await using target = await startRawTarget((socket) => {
            socket.once('data', () => socket.write(bytes, () => void socket[ending]()));
          });
          const begun = performance.now();
          const answer = await lookAt(target.url, { timeoutMs, maxRedirects: 0, expectedStatuses: '100-999' });
          const tookMs = performance.now() - begun;
          const adds = Math.abs(phaseSum(answer) - answer.totalMs) < 1;
          if (tookMs > timeoutMs + 1_000 || !failures.test(said(answer)) || !adds) wrong.push({ name, tookMs, answer });
        };
        expect(rows.length).toBe(174);
        for (let i = 0; i < rows.length; i += 29) await Promise.all(rows.slice(i, i + 29).map(lookAtRow));
        expect(wrong).toEqual([]);
      },
      60_000,
    );
  },
);
