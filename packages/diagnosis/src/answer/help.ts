import type { Cause } from '../causes.ts';
import type { Snippet } from '../diagnosis.ts';

/** What to look at to tell causes apart. */
export type Look =
  | 'gateway-log'
  | 'application-log'
  | 'ask-origin'
  | 'ask-plainly'
  | 'ask-elsewhere'
  | 'name'
  | 'certificate'
  | 'protection'
  | 'page'
  | 'time';

/**
 * What is to be said of a cause whoever the gateway is. In all texts `{target}`, `{url}` and kin are filled in by `blanks.ts`,
 * with values that were found safe.
 */
export type CauseHelp = Readonly<{
  /** What to do first: one or two plain sentences. */
  fix: string;
  /** Commands that fit any machine. */
  snippets?: readonly Snippet[];
  /** What settles it, the best first. */
  settledBy: readonly Look[];
  /** What that look shows if this is the cause: a fragment. */
  sign: string;
  /** One sentence: what would show that it is something else. */
  disproof: string;
}>;

/** Commands and settings by cause; a list for several at once stands under each. */
export type ByCause = Readonly<Partial<Record<Cause, readonly Snippet[]>>>;

/** What is to be said where this product wrote the answer, or stands before the application. */
export type ProductHelp = Readonly<{
  /** The ids of the products that are configured alike. */
  ids: readonly string[];
  fixes: ByCause;
  /** Replaces the cause's own sentence where this product makes it another one. */
  words?: Readonly<Partial<Record<Cause, string>>>;
  /** Whose log that is, where it is not its own: an edge keeps its log to itself. */
  logOf?: string;
  /** How to read its log at the time of the failure. */
  log: readonly Snippet[];
  /** What its log says for each cause. */
  signs?: Readonly<Partial<Record<Cause, string>>>;
  source: string;
}>;

/** What the application runs on. */
export type StackHelp = Readonly<{
  id: 'php-fpm' | 'wordpress' | 'node' | 'python' | 'containers' | 'kubernetes';
  fixes: ByCause;
  /** For causes of the origin that it says nothing more of. */
  otherwise: readonly Snippet[];
  /** How to read the application's log at the time of the failure. */
  log: readonly Snippet[];
  source: string;
}>;

export const command = (title: string, text: string): Snippet => ({ kind: 'command', title, text });
export const config = (title: string, text: string): Snippet => ({ kind: 'config', title, text });

/** The same for several causes. */
export const forAll = (causes: readonly Cause[], snippets: readonly Snippet[]): ByCause =>
  Object.fromEntries(causes.map((cause) => [cause, snippets]));
