import type { Socket } from 'node:net';

export type CurlRow = Readonly<{
  id: number;
  command: string;
  servercmd: string | null;
  curl_exit: readonly number[];
  replies_crlf: Readonly<Record<string, string>>;
}>;

const partOf = (requestLine: string): number => {
  const number = Number(/.*\/(\d+)/u.exec(requestLine.replace(/ HTTP\/1\.1$/u, ''))?.[1] ?? 0);
  return number >= 10_000 ? number % 10_000 : 0;
};

/**
 * For tests: what curl's own test server does with one test's replies. A request's path ends in the test's number, with
 * four digits more for a later part; `swsbounce` in a reply means the next part for the next request. It closes after
 * each reply, as it's asked to.
 */
export const curlServer = ({ replies_crlf: replies }: CurlRow): ((socket: Socket) => void) => {
  let bounced = 0;
  return (socket) => {
    socket.once('data', (head) => {
      const part = partOf(head.toString('latin1').split('\r\n')[0] ?? '') + bounced;
      const reply = Buffer.from(replies[`data${part === 0 ? '' : part}`] ?? '', 'base64').toString('latin1');
      if (reply.includes('swsbounce')) bounced += 1;
      const placed = reply.replaceAll('{{HOST}}', '127.0.0.1').replaceAll('{{PORT}}', String(socket.localPort));
      socket.end(Buffer.from(placed, 'latin1'));
    });
  };
};

/** What curl was asked for; of a range of URLs the first. */
export const curlPath = ({ command }: CurlRow): string => {
  const path = /\{\{PORT\}\}(\/[^\s"]*)/u.exec(command)?.[1] ?? '/';
  return path.replace(/\\(.)/gu, '$1').replace('[a-d]', 'a');
};
/** 50 is curl's own limit. */
export const curlRedirects = ({ command }: CurlRow): number =>
  / -L|--location/u.test(command) ? Number(/--max-redirs (\d+)/u.exec(command)?.[1] ?? 50) : 0;
