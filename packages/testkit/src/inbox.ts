import type { Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { listenOnLoopback } from './free-port.ts';
import { waitUntil } from './wait-until.ts';

/** One accepted mail: parsed, with its raw bytes, its envelope and the moment it was accepted (epoch ms). */
export type InboxMail = Readonly<{ at: number; from: string; to: readonly string[]; raw: string; parsed: ParsedMail }>;

/** What the server says to a finished mail: takes it, refuses it with an SMTP code, hangs up, or never answers. */
export type InboxAnswer = 'accept' | 'silence' | 'cut' | Readonly<{ code: number; message: string }>;

/** A refusal before the mail is there. `only` = at RCPT, for this address alone. */
export type InboxRefusal = Readonly<{
  stage: 'connect' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA';
  code: number;
  message: string;
  only?: string;
}>;

export type InboxOptions = Readonly<{
  /** Asked for every mail; `nth` counts from 0, refused ones too. Default: accept all. */
  answer?: (to: readonly string[], nth: number) => InboxAnswer;
  /** Refuses whoever comes to this stage. At AUTH it also asks for a log-in. */
  refuse?: InboxRefusal;
  /** More of smtp-server's own options: `authOptional: false`, `onAuth`, `secure` with `key` and `cert`, … */
  smtp?: SMTPServerOptions;
}>;

export type Inbox = AsyncDisposable &
  Readonly<{
    /** `smtp://127.0.0.1:port` */
    url: string;
    port: number;
    mails: readonly InboxMail[];
    /** How many mails were offered, refused ones included. */
    offered: () => number;
    /** How often `refuse` was said. */
    refused: () => number;
    /** The first mail, old or new, for which `predicate` is true. Rejects after `timeoutMs` (default 10 s). */
    waitFor: (predicate: (mail: InboxMail) => boolean, timeoutMs?: number) => Promise<InboxMail>;
  }>;

const read = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const replyOf = ({ code, message }: Readonly<{ code: number; message: string }>): Error =>
  Object.assign(new Error(message), { responseCode: code });

/** The hook of smtp-server that says the refusal at its stage; at DATA it is the answer to the mail. */
const refusing = (refusal: InboxRefusal | undefined, said: () => void): SMTPServerOptions => {
  if (refusal === undefined) return {};
  const refuse = (callback: (error: Error) => void): void => {
    said();
    callback(replyOf(refusal));
  };
  switch (refusal.stage) {
    case 'connect':
      return { onConnect: (_session, callback) => refuse(callback) };
    case 'AUTH':
      return {
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: (_auth, _session, callback) => refuse(callback),
      };
    case 'MAIL':
      return { onMailFrom: (_address, _session, callback) => refuse(callback) };
    case 'RCPT':
      return {
        onRcptTo: ({ address }, _session, callback) =>
          refusal.only === undefined || refusal.only === address ? refuse(callback) : callback(),
      };
    case 'DATA':
      return {};
  }
};

/** A real SMTP server on a free port of 127.0.0.1. */
export const startInbox = async ({ answer = () => 'accept', refuse, smtp = {} }: InboxOptions = {}): Promise<Inbox> => {
  const mails: InboxMail[] = [];
  let offered = 0;
  let refused = 0;
  const countRefusal = (): void => {
    refused += 1;
  };
  const take = async (
    ...[stream, session, callback]: Parameters<NonNullable<SMTPServerOptions['onData']>>
  ): Promise<void> => {
    const at = Date.now();
    const to = session.envelope.rcptTo.map(({ address }) => address);
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
    const nth = offered++;
    const raw = await read(stream);
    const said = refuse?.stage === 'DATA' ? refuse : answer(to, nth);
    if (refuse?.stage === 'DATA') countRefusal();
    if (said === 'silence') return;
    if (said !== 'accept' && said !== 'cut') return void callback(replyOf(said));
    mails.push({ at, from, to, raw: raw.toString(), parsed: await simpleParser(raw) });
    if (said === 'cut') for (const socket of sockets) socket.destroy();
    callback();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    ...refusing(refuse, countRefusal),
    ...smtp,
    onData: (...args) => void take(...args).catch(() => undefined), // a client that went away in the middle of its mail
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', () => undefined); // a client that went away; the client's own test sees why
  const port = await listenOnLoopback(server.server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    offered: () => offered,
    refused: () => refused,
    waitFor: async (predicate, timeoutMs) => await waitUntil(() => mails.find(predicate), timeoutMs, 'the mail'),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
