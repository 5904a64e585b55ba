import type { DialRules } from '@farwatch/checker';
import { telegramApi } from '@farwatch/notifiers';
import type { Config } from '../../config.ts';

/** Somebody waits for the page meanwhile. */
const askMs = 3_000;
/** A bot that didn't answer is not asked again at once. */
const againMs = 30_000;

/** What Telegram calls the installation's bot; null when there is none, or it can't be asked right now. */
export const botNameOf = (telegram: Config['telegram'], rules: DialRules): (() => Promise<string | null>) => {
  if (telegram === undefined) return async () => null;
  const api = telegramApi({ ...telegram, rules });
  let known: Readonly<{ name: Promise<string | null>; until: number }> | null = null;
  const ask = async (): Promise<string | null> => {
    const answer = await api.getMe(AbortSignal.timeout(askMs));
    if (!answer.ok) return null;
    known = { name: Promise.resolve(answer.result.username), until: Number.POSITIVE_INFINITY };
    return answer.result.username;
  };
  return () => {
    if (known === null || known.until <= Date.now()) known = { name: ask(), until: Date.now() + againMs };
    return known.name;
  };
};
