import { type DialRules, guardedDispatcher } from '@farwatch/checker';
import { type PageAnswer, type PageRead, pageAnswers, pageReads } from '@farwatch/contracts';
import { openConsumer, openProducer, type QueueBackend } from '@farwatch/queue';
import { readPage } from './read-page.ts';
import { walkSitemap } from './walk-sitemap.ts';

/** People wait for these, but looks matter more: few at once, and each has an end. */
const atOnce = 2;
const longestMs = 12_000;
const longestConnectMs = 5_000;

export type PageReadSettings = Readonly<{ region: string; userAgent: string; dialRules: DialRules; now: () => number }>;

/** Reads what was asked for, through the dial that lets nothing inside be reached. Never rejects. */
export const answerPageRead = async (
  { url }: Pick<PageRead, 'url'>,
  { userAgent, dialRules }: Pick<PageReadSettings, 'userAgent' | 'dialRules'>,
): Promise<PageAnswer> => {
  const dispatcher = guardedDispatcher(dialRules, { connectTimeoutMs: longestConnectMs });
  const signal = AbortSignal.timeout(longestMs);
  try {
    return await walkSitemap(url, (at) => readPage(at, { dispatcher, userAgent, signal }));
  } catch {
    return { kind: 'failed', reason: 'It could not be read' };
  } finally {
    await dispatcher.destroy();
  }
};

/** Takes what people want read, and sends what came of it. */
export const openPageReads = (settings: PageReadSettings, queue: QueueBackend, onError: (error: Error) => void) => {
  const answers = openProducer(pageAnswers, queue, onError);
  const handle = async (read: PageRead): Promise<void> => {
    if (read.region !== settings.region || settings.now() > read.expiresAt) return;
    await answers.send({ readId: read.readId, answer: await answerPageRead(read, settings) });
  };
  const consumer = openConsumer(pageReads(settings.region), queue, handle, { concurrency: atOnce, onError });
  return {
    close: async (): Promise<void> => {
      await consumer.close();
      await answers.close();
    },
  };
};
