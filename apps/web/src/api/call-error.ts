import type { Problem } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';

type Reason =
  | Readonly<{ kind: 'unreachable'; wrote?: boolean }>
  | Readonly<{ kind: 'refused'; status: number; problem: Problem | null }>;

const sentence = (reason: Reason): string => {
  if (reason.kind === 'refused') {
    const { status } = reason;
    // The server's own words for it are for scripts.
    if (status === 401) return t`Your session had ended. Try again once you are logged in.`;
    return reason.problem?.detail ?? t`The server answered ${status}.`;
  }
  if (reason.wrote !== true) return t`Farwatch could not be reached.`;
  // Without a network nothing left this device; otherwise the answer alone may have been lost on its way.
  return navigator.onLine
    ? t`Farwatch could not be reached: this may not have been saved. Look again once the page is connected.`
    : t`You are offline: nothing was changed. Try again once you are connected.`;
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
  error instanceof CallError ? error.message : t`Something went wrong on this page.`;
