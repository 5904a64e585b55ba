import { request } from 'node:http';
import { startTarget } from '@farwatch/testkit';

/** What stands between a browser and the product, and can fall silent or pass on another build. */
export type Front = AsyncDisposable & Readonly<{ url: string; away: (is: boolean) => void; newBuild: () => void }>;

/** A proxy in front of the product at `url`. */
export const startFront = async (url: string): Promise<Front> => {
  const { host, origin } = new URL(url);
  let gone = false;
  let salt = '';
  const front = await startTarget((asked, answer) => {
    if (gone) return void asked.socket.destroy();
    const isWorker = asked.url === '/sw.js';
    const headers = { ...asked.headers, host, ...(asked.headers.origin === undefined ? {} : { origin }) };
    if (isWorker)
      Object.assign(headers, { 'accept-encoding': 'identity', 'if-none-match': '', 'if-modified-since': '' });
    const upstream = request(new URL(asked.url ?? '/', url), { method: asked.method, headers }, (got) => {
      const { 'content-length': length, etag, ...rest } = got.headers;
      answer.writeHead(got.statusCode ?? 502, isWorker ? rest : got.headers);
      got.on('error', () => answer.destroy());
      got.on('end', () => answer.end(isWorker ? salt : ''));
      got.pipe(answer, { end: false });
    });
    upstream.on('error', () => answer.destroy());
    answer.on('close', () => upstream.destroy());
    asked.pipe(upstream);
  });
  return {
    url: front.url,
    away: (is) => {
      gone = is;
    },
    newBuild: () => {
      salt += '\n// another build';
    },
    [Symbol.asyncDispose]: front[Symbol.asyncDispose],
  };
};
