import { setTimeout as pause } from 'node:timers/promises';

/** How often a database that is away is asked whether it is back, and how long in all: then the queue's own waits begin. */
const everyMs = 250;
const longestMs = 600_000;

/** What PostgreSQL says when it goes down or comes up: its class 08, and 57P01 to 57P03 (its manual, appendix A). */
const states = /^(08...|57P0[123])$/u;
const systemErrors = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/u;
/** The driver's own errors have no code. */
const driverWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/u;

/** Whether an error says that the database can't be reached, and nothing about what was asked of it. */
export const saysAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return states.test(code) || systemErrors.test(code) || driverWords.test(error.message);
};

/**
 * Does work that may be done twice. While the database is away it waits and begins again, at most ten minutes and until
 * `closing`: a job that was given back instead would come again later and later, and all of them long after the database.
 */
export const patiently =
  <Given, Done>(work: (given: Given) => Promise<Done>, closing: AbortSignal): ((given: Given) => Promise<Done>) =>
  async (given) => {
    const end = performance.now() + longestMs;
    for (;;) {
      try {
        return await work(given);
      } catch (error) {
        if (!saysAway(error) || closing.aborted || performance.now() > end) throw error;
      }
      await pause(everyMs, undefined, { signal: closing }).catch(() => undefined);
    }
  };
