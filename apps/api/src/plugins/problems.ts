import type { Problem } from '@farwatch/contracts';

/** What is wrong with one field: where (JSON pointer into body, query or path), a stable word, a sentence. */
export type FieldFault = Readonly<{ pointer: string; code: string; detail: string }>;

/** Where a problem's code is explained. The last part of `type` is the code. */
export const problemTypeBase = 'https://farwatch.dev/problems/';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request timed out',
  409: 'Conflict',
  412: 'Changed in the meantime',
  413: 'Body too large',
  414: 'URL too long',
  415: 'Unsupported media type',
  422: 'Cannot be done',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Not available',
};

/** A failure meant for the caller. Thrown in a route or hook; the error plugin answers it as problem+json. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldFault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    detail: string,
    errors?: readonly FieldFault[],
    headers?: Readonly<Record<string, string>>,
  ) {
    super(detail);
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers ?? {};
  }
}

/** `throw problem(409, 'monitor-limit', 'There are …')`. `code` is stable and kebab-case, `detail` a sentence for people. */
export const problem = (
  status: number,
  code: string,
  detail: string,
  errors?: readonly FieldFault[],
  headers?: Readonly<Record<string, string>>,
): ProblemError => new ProblemError(status, code, detail, errors, headers);

/** What isn't there and what belongs to another organisation look the same. */
export const notFound = (what: string): ProblemError => problem(404, 'not-found', `There is no such ${what}.`);

/** A body that is well-formed but breaks a rule no schema can say: 400 with the field. */
export const invalidField = (pointer: string, code: string, detail: string): ProblemError =>
  problem(400, 'validation-failed', detail, [{ pointer, code, detail }]);

/** The RFC 9457 document of a problem. */
export const problemDocument = (
  { status, code, message, errors }: Pick<ProblemError, 'status' | 'code' | 'message' | 'errors'>,
  requestId: string,
): Problem => ({
  type: `${problemTypeBase}${code}`,
  title: titles[status] ?? 'Request failed',
  status,
  detail: message,
  code,
  requestId,
  ...(errors === undefined ? {} : { errors: [...errors] }),
});
