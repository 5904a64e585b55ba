import type { Dispatcher } from 'undici';

/** Codes of errors that say more than "network error": found on the error, its cause or what it gathers. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error.cause === undefined ? error.name : codeOf(error.cause);
};

/**
 * The first `maxBytes` of an answer's body, at most `maxMs` long. What comes too late, too long or broken is left out:
 * the status has spoken.
 */
export const readAnswer = async (
  body: Dispatcher.ResponseData['body'],
  { maxBytes, maxMs }: Readonly<{ maxBytes: number; maxMs: number }>,
): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const late = setTimeout(() => body.destroy(), maxMs);
  try {
    for await (const chunk of body) {
      const part = Buffer.from(chunk);
      chunks.push(part);
      bytes += part.length;
      if (bytes >= maxBytes) break; // leaving the loop destroys the body and its connection
    }
  } catch {
    // cut off or timed out: what was read is still worth keeping
  } finally {
    clearTimeout(late);
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
};
