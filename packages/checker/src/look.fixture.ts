import { type LookAnswer, look } from './look.ts';
import type { LookRequest } from './look-request.ts';

export const loopback = { allowCidrs: ['127.0.0.0/8'] } as const;
const defaults = {
  method: 'GET',
  timeoutMs: 5_000,
  maxRedirects: 10,
  expectedStatuses: '200-399',
  userAgent: 'Farwatch/0.1 (+https://farwatch.dev/probe)',
} as const;

/** For tests: a look with the product's defaults that may dial loopback. */
export const lookAt = (
  url: string,
  given: Partial<LookRequest> = {},
  rules: Parameters<typeof look>[1] = loopback,
): Promise<LookAnswer> => look({ ...defaults, url, ...given }, rules);

/** For tests: what is wrong in short: `502`, `protocol:CUT_BODY`, `timeout`, or the verdict when nothing is. */
export const said = ({ outcome }: LookAnswer): string => {
  if (outcome.verdict !== 'down') return outcome.verdict;
  const { failure } = outcome;
  switch (failure.kind) {
    case 'network':
      return `${failure.phase}:${failure.code}`;
    case 'status':
      return String(failure.status);
    case 'timeout':
    case 'assertion':
      return failure.kind;
  }
};

export const phaseSum = ({ phases }: LookAnswer): number =>
  Object.values(phases).reduce<number>((total, ms) => total + (ms ?? 0), 0);
