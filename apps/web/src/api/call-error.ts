import type { Problem } from '@farwatch/contracts';

type Reason =
  | Readonly<{ kind: 'unreachable' }>
  | Readonly<{ kind: 'refused'; status: number; problem: Problem | null }>;

const sentence = (reason: Reason): string => {
  if (reason.kind === 'unreachable') return 'Farwatch could not be reached.';
  return reason.problem?.detail ?? `The server answered ${reason.status}.`;
};

/** The field that a JSON pointer is about; a member of a list is pointed at by its number, and its list shows it. */
export const fieldOf = (pointer: string): string => {
  const parts = pointer.split('/').filter((part) => part !== '');
  return (/^\d+$/u.test(parts.at(-1) ?? '') ? parts.at(-2) : parts.at(-1)) ?? '';
};

/** A call that did not succeed. `message` is a sentence for people; `fields` are the server's words by field name. */
export class CallError extends Error {
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(sentence(reason));
    this.name = 'CallError';
    this.reason = reason;
  }
  get status(): number | null {
    return this.reason.kind === 'refused' ? this.reason.status : null;
  }
  get code(): string | null {
    return this.reason.kind === 'refused' ? (this.reason.problem?.code ?? null) : null;
  }
  get requestId(): string | null {
    return this.reason.kind === 'refused' ? (this.reason.problem?.requestId ?? null) : null;
  }
  /** The server's words by JSON pointer, for a form whose fields lie deeper. */
  get faults(): Readonly<Record<string, string>> {
    const errors = this.reason.kind === 'refused' ? (this.reason.problem?.errors ?? []) : [];
    return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail]));
  }
  get fields(): Readonly<Record<string, string>> {
    const errors = this.reason.kind === 'refused' ? (this.reason.problem?.errors ?? []) : [];
    return Object.fromEntries(errors.map(({ pointer, detail }) => [fieldOf(pointer), detail]));
  }
}

/** Reads a problem+json body; null when something else (a proxy, say) answered. */
export const problemOf = (body: unknown): Problem | null =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body ? (body as Problem) : null; // the two fields that are read are there; the rest is read with `?.`

/** The sentence to show for whatever was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof CallError ? error.message : 'Something went wrong on this page.';
