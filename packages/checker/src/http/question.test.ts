import { startTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { lookAt, said } from '../look.fixture.ts';
import { headersOf, type Question, redirected } from './question.ts';

const here = new URL('https://api.example/v1');
const there = new URL('https://api.example/v2');
const elsewhere = new URL('https://other.example/');
const asked: Question = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Trace': '1' },
  body: '{}',
  secret: { name: 'authorization', value: 'Bearer abc' },
};

test.each([
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'POST', 'GET'],
  [303, 'DELETE', 'GET'],
  [303, 'HEAD', 'HEAD'],
  [301, 'PUT', 'PUT'],
  [307, 'POST', 'POST'],
  [308, 'DELETE', 'DELETE'],
] as const)('after %i a %s becomes a %s, and keeps its body only when it is the same', (status, method, becomes) => {
  const next = redirected({ ...asked, method }, status, here, there);
  expect(next.method).toBe(becomes);
  expect(next.body).toBe(becomes === method ? '{}' : null);
  expect(Object.keys(next.headers)).toEqual(becomes === method ? ['Content-Type', 'X-Trace'] : ['X-Trace']);
  expect(next.secret).toEqual(asked.secret);
});
test('to another origin, another port too, no credential and no header of the owner’s goes along', () => {
  for (const to of [elsewhere, new URL('https://api.example:8443/'), new URL('http://api.example/')])
    expect(redirected(asked, 307, here, to)).toEqual({
      ...{ method: 'POST', body: '{}', secret: null },
      headers: { 'Content-Type': 'application/json' },
    });
});
test('what the connection and the product set can’t be set by an owner', () => {
  const headers = {
    Host: 'x',
    'Content-Length': '5',
    'User-Agent': 'me',
    'Accept-Encoding': 'gzip',
    Accept: 'text/html',
  };
  expect(headersOf({ ...asked, headers }, { userAgent: 'Farwatch', codings: 'identity' })).toEqual({
    ...{ accept: 'text/html', authorization: 'Bearer abc', 'user-agent': 'Farwatch', 'accept-encoding': 'identity' },
  });
});

type Heard = Readonly<{ method: string; headers: Readonly<Record<string, unknown>>; body: string }>;
const listener = (
  answer: (heard: Heard) => readonly [status: number, headers?: Record<string, string>, body?: string],
) => {
  const heard: Heard[] = [];
  const target = startTarget(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const one = { method: req.method ?? '', headers: req.headers, body: Buffer.concat(chunks).toString() };
    heard.push(one);
    const [status, headers = {}, body = ''] = answer(one);
    res.writeHead(status, headers).end(body);
  });
  return { heard, target };
};

describe('a look', () => {
  test('asks with its method, headers, body and credential', async () => {
    const { heard, target } = listener(() => [200]);
    await using server = await target;
    const { method, headers, body, secret } = asked;
    expect(said(await lookAt(server.url, { method, headers, body, secret }))).toBe('up');
    expect(heard).toMatchObject([
      {
        ...{ method: 'POST', body: '{}' },
        headers: {
          'content-type': 'application/json',
          'x-trace': '1',
          authorization: 'Bearer abc',
          'content-length': '2',
        },
      },
    ]);
  });
  test.each(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('can be a %s', async (method) => {
    const { heard, target } = listener(() => [204]);
    await using server = await target;
    expect(said(await lookAt(server.url, { method }))).toBe('up');
    expect(heard.map((one) => one.method)).toEqual([method]);
  });
  test('whose redirect leads to another origin sends nothing secret there', async () => {
    const second = listener(() => [200]);
    await using other = await second.target;
    const first = listener(() => [307, { location: `${other.url}/` }]);
    await using server = await first.target;
    expect(said(await lookAt(server.url, { ...asked, maxRedirects: 3 }))).toBe('up');
    expect(first.heard[0]?.headers).toMatchObject({ authorization: 'Bearer abc', 'x-trace': '1' });
    expect(second.heard[0]?.headers).not.toHaveProperty('authorization');
    expect(second.heard[0]?.headers).not.toHaveProperty('x-trace');
  });
  test('keeps a credential that the server repeats out of its evidence and its words', async () => {
    const value = 'Basic dXNlcjpodW50ZXIy';
    const { target } = listener(({ headers }) => [
      500,
      { 'x-echo': String(headers.authorization) },
      `you sent ${headers.authorization}`,
    ]);
    await using server = await target;
    const answer = await lookAt(server.url, { secret: { name: 'authorization', value } });
    const kept = JSON.stringify(answer) + Buffer.from(answer.evidence?.bodyBase64 ?? '', 'base64').toString();
    expect(kept).toContain('you sent');
    expect(kept).not.toContain('dXNlcjpodW50ZXIy');
    const good = listener(({ headers }) => [200, {}, `hello ${headers.authorization}`]);
    await using fine = await good.target;
    const asserted = await lookAt(fine.url, {
      secret: { name: 'authorization', value },
      assertions: [{ kind: 'body', compare: 'contains', value: 'bye' }],
    });
    expect(said(asserted)).toBe('assertion');
    expect(JSON.stringify(asserted)).not.toContain('dXNlcjpodW50ZXIy');
  });
});
