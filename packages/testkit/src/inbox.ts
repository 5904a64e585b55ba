import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { listenOnLoopback } from './free-port.ts';
import { waitUntil } from './wait-until.ts';

/** One accepted mail: parsed, with its raw bytes, its envelope and the moment it was accepted (epoch ms). */
export type InboxMail = Readonly<{ at: number; from: string; to: readonly string[]; raw: string; parsed: ParsedMail }>;

/** What the server says to a finished mail: takes it, refuses it with an SMTP code, or never answers. */
export type InboxAnswer = 'accept' | 'silence' | Readonly<{ code: number; message: string }>;

export type InboxOptions = Readonly<{
  /** Asked for every mail; `nth` counts from 0, refused ones too. Default: accept all. */
  answer?: (to: readonly string[], nth: number) => InboxAnswer;
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
    /** The first mail, old or new, for which `predicate` is true. Rejects after `timeoutMs` (default 10 s). */
    waitFor: (predicate: (mail: InboxMail) => boolean, timeoutMs?: number) => Promise<InboxMail>;
  }>;

const read = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** A real SMTP server on a free port of 127.0.0.1. */
export const startInbox = async ({ answer = () => 'accept', smtp = {} }: InboxOptions = {}): Promise<Inbox> => {
  const mails: InboxMail[] = [];
  let offered = 0;
  const take: NonNullable<SMTPServerOptions['onData']> = async (stream, session, callback) => {
    const at = Date.now();
    const to = session.envelope.rcptTo.map(({ address }) => address);
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
    const nth = offered++;
    const raw = await read(stream);
    const said = answer(to, nth);
    if (said === 'silence') return;
    if (said !== 'accept') return callback(Object.assign(new Error(said.message), { responseCode: said.code }));
    mails.push({ at, from, to, raw: raw.toString(), parsed: await simpleParser(raw) });
    callback();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    ...smtp,
    onData: (...args) => void take(...args),
  });
  server.on('error', () => undefined); // a client that went away; the client's own test sees why
  const port = await listenOnLoopback(server.server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    offered: () => offered,
    waitFor: async (predicate, timeoutMs) => await waitUntil(() => mails.find(predicate), timeoutMs, 'the mail'),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
