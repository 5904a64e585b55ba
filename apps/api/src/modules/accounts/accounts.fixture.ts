import { startInbox, waitUntil } from '@farwatch/testkit';
import { startTestApi, testOrigin } from '../../test-api.fixture.ts';

/** An API that mails into an inbox at hand, and what tests of accounts ask of both. */
export const startAccounts = async () => {
  const inbox = await startInbox();
  const api = await startTestApi({ SMTP_URL: inbox.url });
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    api.send({ method: 'POST', url: `/v1/auth${url}`, payload, headers: { origin: testOrigin, ...headers } });
  /** The newest mail to somebody with such a subject, once it is there, and the link in it. */
  const mailTo = async (email: string, subject: RegExp) => {
    const isIt = ({ to, parsed }: (typeof inbox.mails)[number]) =>
      to.includes(email) && subject.test(parsed.subject ?? '');
    await waitUntil(() => inbox.mails.some(isIt), 10_000);
    const text = inbox.mails.findLast(isIt)?.parsed.text ?? '';
    return {
      text,
      get link() {
        return new URL(/http\S+/u.exec(text)?.[0] ?? '');
      },
    };
  };
  return {
    ...{ api, inbox, post, mailTo },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
      await inbox[Symbol.asyncDispose]();
    },
  };
};
export type Accounts = Awaited<ReturnType<typeof startAccounts>>;
