import { gunzipSync } from 'node:zlib';
import { startRawTarget } from '@farwatch/testkit';
import { describe, expect } from 'vitest';
import { corpora, corpusBytes, corpusRows } from '../corpus.fixture.ts';
import { lookAt, said } from '../look.fixture.ts';
import { type CurlRow, curlPath, curlRedirects, curlServer } from './curl-server.fixture.ts';

type LlhttpRow = Readonly<{ title: string; raw_b64: string; meta: { type: string }; llhttp_error: number | null }>;
type Judged = Readonly<{ name: string; theirs: boolean; ours: boolean; said: string }>;
/** Whatever its status, a whole answer is one. */
const anyAnswer = { expectedStatuses: '100-999', timeoutMs: 2_000 } as const;

/** These fail for curl's own options, not for the reply. */
const curlsOwn: ReadonlySet<number> = new Set([152, 1425]);
/** Where we judge otherwise than curl, and mean it. */
const otherwiseThanCurl: Readonly<Record<string, string>> = {
  129: 'HTTP/1.2: RFC 9110, 2.5 has a higher minor version read as the highest that is known',
  274: 'for curl --max-redirs 0 is a limit that was met; for us 0 redirects means that a redirect is an answer',
  395: 'a Content-Length beyond 64 bits: curl reads to the end of the connection',
  772: 'two different Location headers in a 200, which leads nowhere',
  1122: 'a gzip transfer coding, for which curl had asked (TE) and we had not: nobody undoes it',
  1124: 'the same',
  1277: 'the same',
  1473: 'white space before the first header: RFC 9112, 2.2 lets a recipient refuse it',
  1546: 'a last transfer coding that curl doesn’t know; RFC 9112, 6.3: the body ends with the connection',
  1722: 'the same',
  1723: 'the same',
  2106: 'a NUL in a trailer, of which we read no more than its end',
};
/** Where we judge otherwise than llhttp, which reads on after an answer and doesn't mind when one isn't whole yet. */
const otherwiseThanLlhttp: Readonly<Record<string, string>> = {
  'HTTP/1.1 with keep-alive disabled and 204 status': 'more bytes after the answer make it none the worse',
  'HTTP/1.1 with keep-alive disabled, content-length': 'the same',
  'HTTP 103 first, then 200': 'the body is a byte short of its Content-Length',
  'Content-Length reset when no body is received': 'an answer to HEAD: no body',
  'Tabs in `Content-Length` (surrounding)': 'no body',
  'Google 301': 'the body is shorter than its Content-Length',
  'Chunk extensions quoting': 'the last chunk lacks its end',
  'Only LFs present and no body': 'bare line feeds, which curl and browsers take: RFC 9112, 2.2',
  'Only LFs present': 'the same',
  'No carriage ret': 'the same',
  'RTSP response': 'no HTTP/1',
  'ICE response': 'no HTTP/1',
  'HTTP version 0.9': 'no HTTP/1',
  'Trailing space on chunked body': 'white space behind a chunk’s size, which changes nothing',
  'No extension after semicolon': 'extensions of chunks are not read',
};

const judgeCurl = async (row: CurlRow): Promise<Judged> => {
  await using target = await startRawTarget(curlServer(row));
  const word = said(await lookAt(target.url + curlPath(row), { ...anyAnswer, maxRedirects: curlRedirects(row) }));
  return { name: String(row.id), theirs: row.curl_exit.includes(0), ours: word === 'up', said: word };
};
const judgeLlhttp = async (row: LlhttpRow): Promise<Judged> => {
  await using target = await startRawTarget((socket) => {
    socket.once('data', () => socket.end(Buffer.from(row.raw_b64, 'base64')));
  });
  const word = said(await lookAt(target.url, { ...anyAnswer, maxRedirects: 0 }));
  return { name: row.title, theirs: row.llhttp_error === null, ours: word === 'up', said: word };
};
const judgeAll = async <Row>(
  rows: readonly Row[],
  judge: (row: Row) => Promise<Judged>,
): Promise<readonly Judged[]> => {
  const judged: Judged[] = [];
  for (let i = 0; i < rows.length; i += 10) judged.push(...(await Promise.all(rows.slice(i, i + 10).map(judge))));
  return judged;
};
const differing = (judged: readonly Judged[]): readonly Judged[] =>
  judged.filter(({ theirs, ours }) => theirs !== ours);
/** Those of the table, no more and no fewer. */
const meant = (judged: readonly Judged[], table: Readonly<Record<string, string>>): readonly Judged[] =>
  judged.filter(({ name }) => table[name] !== undefined);
const shareOf = (judged: readonly Judged[]): number => 1 - differing(judged).length / judged.length;

describe('raw answers', () => {
  corpora.test('are judged as curl judges them, but for those where we mean it', async ({ annotate }) => {
    const rows = corpusRows<CurlRow>('http/curl-replies-plain-get.jsonl.gz', (path) => gunzipSync(corpusBytes(path)));
    const played = rows.filter(({ id, servercmd }) => servercmd === null && !curlsOwn.has(id));
    expect([rows.length, played.length]).toEqual([89, 87]); // no row asks its server for anything we don't play
    const judged = await judgeAll(played, judgeCurl);
    const share = shareOf(judged);
    await annotate(`agreement with curl: ${(100 * share).toFixed(1)} % of ${judged.length}`);
    expect.soft(differing(judged)).toEqual(meant(judged, otherwiseThanCurl));
    expect.soft(share).toBeGreaterThanOrEqual(0.85);
  });
  corpora.test('are judged as strict llhttp judges them, but for those where we mean it', async ({ annotate }) => {
    const rows = corpusRows<LlhttpRow>('http/llhttp-responses.jsonl');
    const strict = rows.filter(({ meta }) => meta.type === 'response');
    expect(rows.length).toBe(85);
    const judged = await judgeAll(strict, judgeLlhttp);
    const share = shareOf(judged);
    await annotate(`agreement with llhttp: ${(100 * share).toFixed(1)} % of ${judged.length}`);
    expect(differing(judged)).toEqual(meant(judged, otherwiseThanLlhttp));
  });
  corpora.test('that only a lenient parser takes are an answer or a fault of the protocol, never a wait', async () => {
    const rows = corpusRows<LlhttpRow>('http/llhttp-responses.jsonl');
    const lenient = rows.filter(({ meta }) => meta.type.startsWith('response-lenient'));
    const judged = await judgeAll(lenient, judgeLlhttp);
    expect(judged.filter(({ said: word }) => !/^(up|protocol:[A-Z_]+)$/u.test(word))).toEqual([]);
  });
});
