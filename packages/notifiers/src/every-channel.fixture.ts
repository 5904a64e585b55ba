import type { Message, Outcome } from './notifier.ts';

export type Behaviour = 'accepts' | 'refuses' | 'is busy' | 'is broken' | 'says nothing';
type Receiver = AsyncDisposable & Readonly<{ url: string; heard: () => number }>;
export type Channel = Readonly<{
  /** A real server that behaves like this. */
  start: (behaviour: Behaviour) => Promise<Receiver>;
  /** Sends `message` to it once. */
  send: (url: string, message: Message, signal: AbortSignal) => Promise<Outcome>;
}>;
