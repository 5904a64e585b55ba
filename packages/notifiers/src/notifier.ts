/**
 * What came of one attempt. `delivered`: the receiver took it. `retry`: it may go through later, not before `afterMs`
 * when that is given. `rejected`: the same message would be refused again. Texts are for the delivery log: one line,
 * at most 500 characters, without secrets.
 */
export type Outcome =
  | Readonly<{ kind: 'delivered'; answer: string }>
  | Readonly<{ kind: 'retry'; reason: string; afterMs?: number }>
  | Readonly<{ kind: 'rejected'; reason: string }>;

/** One alert, ready to be sent; each channel takes the part it can carry. */
export type Message = Readonly<{
  /** The delivery's id: the same at every attempt, so that a receiver can tell a repetition. */
  id: string;
  subject: string;
  text: string;
  html: string;
  /** Messages about the same thing share it; null when there is no thread. */
  threadId: string | null;
  /** What a webhook is told, as JSON. */
  body: object;
}>;

/** Sends once and says how it went; never throws for what a receiver does. Retrying and recording are the caller's. */
export type Notifier<T> = (message: Message, target: T, signal: AbortSignal) => Promise<Outcome>;
