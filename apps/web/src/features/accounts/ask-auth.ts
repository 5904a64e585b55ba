/** Loaded when somebody logs in or out, not before: the pages behind the log-in have no need of it. */
const loadClient = async () => (await import('./auth-client.ts')).authClient;
type Client = Awaited<ReturnType<typeof loadClient>>;

type Answer<T> = Readonly<{
  data: T | null;
  error: Readonly<{ message?: string | undefined; code?: string | undefined; status: number }> | null;
}>;

/** What the auth routes refused, as a sentence for people. */
export class AuthError extends Error {
  readonly code: string | null;
  constructor(message: string, code: string | null) {
    super(message);
    this.name = 'AuthError';
    this.code = code;
  }
}

const sentenceOf = ({ message, status }: Readonly<{ message?: string | undefined; status: number }>): string => {
  if (status === 429) return 'Too many tries. Wait a minute, then try again.';
  if (status === 0 || status >= 500) return 'Farwatch could not be reached. Nothing was changed.';
  return message ?? 'This was refused.';
};

/** What the auth routes answer, or an AuthError thrown: forms show its message. */
export const askAuth = async <T>(ask: (client: Client) => Promise<Answer<T>>): Promise<T | null> => {
  const { data, error } = await loadClient()
    .then(ask)
    .catch((): Answer<T> => ({ data: null, error: { status: 0 } }));
  if (error !== null) throw new AuthError(sentenceOf(error), error.code ?? null);
  return data;
};
