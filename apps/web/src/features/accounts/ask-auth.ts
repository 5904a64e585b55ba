import { t } from '@lingui/core/macro';
import { type AuthFault, authWords } from './auth-words.ts';

/** Loaded when somebody logs in or out, not before: the pages behind the log-in have no need of it. */
const loadClient = async () => (await import('./auth-client.ts')).authClient;
/** With passkeys; loaded by who has or wants them. */
const loadPasskeys = async () => (await import('./passkey-client.ts')).passkeyClient;
type Client = Awaited<ReturnType<typeof loadClient>>;
type Passkeys = Awaited<ReturnType<typeof loadPasskeys>>;

type Answer<T> = Readonly<{ data: T | null; error: AuthFault | null }>;

/** What the auth routes refused, as a sentence for people. */
export class AuthError extends Error {
  readonly code: string | null;
  constructor(message: string, code: string | null) {
    super(message);
    this.name = 'AuthError';
    this.code = code;
  }
}

const codeOf = ({ code }: AuthFault): string | null => code?.toLowerCase().replaceAll('_', '-') ?? null;

const sentenceOf = (fault: AuthFault): string => {
  const known = authWords(codeOf(fault));
  if (known !== null) return known;
  if (fault.status === 429) return t`Too many tries. Wait a minute, then try again.`;
  if (fault.status === 0 || fault.status >= 500) return t`Farwatch could not be reached. Nothing was changed.`;
  return fault.detail ?? fault.message ?? t`This was refused.`;
};

const answerOf = async <T>(asking: Promise<Answer<T>>): Promise<T | null> => {
  const { data, error } = await asking.catch((): Answer<T> => ({ data: null, error: { status: 0 } }));
  if (error !== null) throw new AuthError(sentenceOf(error), codeOf(error));
  return data;
};

/** What the auth routes answer, or an AuthError thrown: forms show its message. */
export const askAuth = <T>(ask: (client: Client) => Promise<Answer<T>>): Promise<T | null> =>
  answerOf(loadClient().then(ask));

/** The same for passkeys. */
export const askPasskeys = <T>(ask: (client: Passkeys) => Promise<Answer<T>>): Promise<T | null> =>
  answerOf(loadPasskeys().then(ask));
