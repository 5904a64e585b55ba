import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { startTarget } from './target.ts';
import { waitUntil } from './wait-until.ts';

/** One request as it came: when (epoch ms), and the raw body, over which signatures are made. */
export type WebhookCall = Readonly<{
  at: number;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}>;

/** What the sink answers: a status, a full answer, no answer at all, or a cut connection. */
export type WebhookAnswer =
  | number
  | 'silence'
  | 'cut'
  | Readonly<{ status: number; headers?: Readonly<Record<string, string>>; body?: string }>;

export type WebhookSink = AsyncDisposable &
  Readonly<{
    url: string;
    port: number;
    calls: readonly WebhookCall[];
    /** The first call, old or new, for which `predicate` is true. Rejects after `timeoutMs` (default 10 s). */
    waitFor: (predicate: (call: WebhookCall) => boolean, timeoutMs?: number) => Promise<WebhookCall>;
  }>;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
};

const give = (response: ServerResponse, answer: WebhookAnswer): void => {
  if (answer === 'silence') return;
  if (answer === 'cut') return void response.destroy();
  const { status, headers = {}, body = '' } = typeof answer === 'number' ? { status: answer } : answer;
  response.writeHead(status, headers).end(body);
};

/** A real HTTP server that keeps every request; `answer` is asked for each (`nth` counts from 0). Default: 204. */
export const startWebhookSink = async (
  answer: (call: WebhookCall, nth: number) => WebhookAnswer = () => 204,
): Promise<WebhookSink> => {
  const calls: WebhookCall[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = Date.now();
    const body = await bodyOf(request);
    const call = { at, method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    calls.push(call);
    give(response, answer(call, calls.length - 1));
  };
  const target = await startTarget((request, response) => {
    take(request, response).catch(() => response.destroy()); // the client cut its own request
  });
  return {
    url: target.url,
    port: target.port,
    calls,
    waitFor: async (predicate, timeoutMs) =>
      await waitUntil(() => calls.find(predicate), timeoutMs, 'the webhook call'),
    [Symbol.asyncDispose]: target[Symbol.asyncDispose],
  };
};
