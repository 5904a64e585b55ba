import { probeAlive, type SignOfLife } from '@farwatch/contracts';
import type { CoreAnswer } from '@farwatch/domain';
import { Compile } from 'typebox/compile';
import { Agent, request } from 'undici';
import type { Log } from './log.ts';

const everyMs = 10_000;
const timeoutMs = 5_000;
/** The first one is waited for, so that the probe begins by the right clock; not longer than this. */
const firstMs = 2_000;
/** While batches that it keeps are many. */
const mostInARow = 50;
const maxAnswerBytes = 64 * 1_024;

const wire = Compile(probeAlive.schema.response[200]);

export type SignsOfLifeSettings = Readonly<{
  apiUrl: string;
  token: string;
  log: Log;
  /** What the probe says of itself now. */
  say: () => Promise<SignOfLife>;
  /** Milliseconds on the clock that nobody sets. */
  steady: () => number;
  hear: (answer: CoreAnswer) => void;
  /** What the core has of the batches asked for; true = there is more to ask at once. */
  hearStored: (asked: readonly string[], stored: readonly string[] | undefined) => Promise<boolean>;
  /** There is something new to pull. */
  onChange: () => void;
}>;

export type SignsOfLife = Readonly<{
  /** Gives one now and every 10 s from now on. Resolves when the first is answered, or after 2 s. Never rejects. */
  start: () => Promise<void>;
  /** Gives one now, besides. Never rejects. */
  now: () => Promise<void>;
  stop: () => Promise<void>;
}>;

/** Tells the core that the probe is there, and hears the time. While the API is away the probe just works on. */
export const openSignsOfLife = (settings: SignsOfLifeSettings): SignsOfLife => {
  const { apiUrl, token, log, say, steady, hear, hearStored, onChange } = settings;
  const agent = new Agent({ connections: 1, maxResponseSize: maxAnswerBytes, connect: { timeout: timeoutMs } });
  let timer: NodeJS.Timeout | undefined;
  let giving: Promise<void> | null = null;
  let said: string | null = null;

  /** True = another one is to follow at once. */
  const give = async (): Promise<boolean> => {
    const sign = await say();
    const body = JSON.stringify(sign);
    const sentAt = steady();
    const answer = await request(apiUrl + probeAlive.url, {
      method: 'POST',
      dispatcher: agent,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const gotAt = steady(); // the head: the time stands in the body, but was written before it
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`the API answered ${answer.statusCode}`);
    const value: unknown = JSON.parse(text);
    if (!wire.Check(value)) throw new Error('the answer breaks the contract');
    hear({ coreAt: Date.parse(value.at), sentAt, gotAt });
    if (value.assignmentsChanged) onChange();
    return await hearStored(sign.batches ?? [], value.stored);
  };
  /** Says trouble once when it begins. */
  const tryOnce = async (): Promise<void> => {
    try {
      for (let n = 0; n < mostInARow && (await give()); n++);
      said = null;
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      if (trouble !== said) log.warn({ trouble }, 'no sign of life can be given');
      said = trouble;
    } finally {
      giving = null;
    }
  };
  const now = (): Promise<void> => {
    giving ??= tryOnce();
    return giving;
  };
  return {
    start: async () => {
      timer = setInterval(() => void now(), everyMs);
      let wait: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => {
        wait = setTimeout(resolve, firstMs);
      });
      await Promise.race([now(), enough]).finally(() => clearTimeout(wait));
    },
    now,
    stop: async () => {
      clearInterval(timer);
      await agent.destroy();
    },
  };
};
