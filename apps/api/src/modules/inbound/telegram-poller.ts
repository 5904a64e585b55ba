import { setTimeout as pause } from 'node:timers/promises';
import type { DialRules } from '@farwatch/checker';
import { type TelegramApi, telegramApi } from '@farwatch/notifiers';
import type { Config } from '../../config.ts';
import { openBudget } from '../channels/mail-budget.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { applyTelegramUpdate, isUrgent, type TelegramUpdateDeps, unknownCodesPerChat } from './telegram-update.ts';
import { takeTurn } from './turn.ts';

export type TelegramPollerDeps = Omit<TelegramUpdateDeps, 'api' | 'config' | 'unknownCodes'> &
  Readonly<{
    config: Pick<Config, 'databaseUrl' | 'secret' | 'telegram'>;
    dialRules: DialRules;
    log: ModuleDeps['log'];
  }>;
type Pace = Readonly<{ turnMs: number; longPollS: number; idleMs: number; firstWaitMs: number; longestWaitMs: number }>;

/** `idleMs`: a server that doesn't hold the line as it was asked to is not asked without a breath. */
const defaultPace: Pace = { turnMs: 3_000, longPollS: 25, idleMs: 250, firstWaitMs: 1_000, longestWaitMs: 60_000 };
/** Any number, as long as it stays the same; no other advisory lock of ours is a session's. */
const turnNumber = 7_346_001;
/** An update that can't be carried out so often is left behind: those after it wait. */
const maxTries = 3;
const manyAtOnce = 20;

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined);

type Poll = Readonly<{ deps: TelegramUpdateDeps; log: ModuleDeps['log']; pace: Pace }>;
type Update = Readonly<Record<string, unknown>>;

const idOf = ({ update_id: id }: Update): number | null =>
  typeof id === 'number' && Number.isSafeInteger(id) ? id : null;

/**
 * Carries out updates, clicks before everything else and the others in order; answers how far it came: the offset that
 * confirms them to Telegram. A click that was early is not carried out again when Telegram repeats it.
 */
const applier = ({ deps, log }: Poll) => {
  let failing: Readonly<{ id: number; tries: number }> = { id: -1, tries: 0 };
  /** What fails here is tried again, and counted, when it is its turn. */
  const tried = (update: Update, signal: AbortSignal): Promise<boolean> =>
    applyTelegramUpdate(deps, update, signal).then(
      () => true,
      () => false,
    );
  const applied = async (update: Update, id: number, signal: AbortSignal): Promise<boolean> => {
    try {
      await applyTelegramUpdate(deps, update, signal);
      return true;
    } catch (err) {
      failing = { id, tries: failing.id === id ? failing.tries + 1 : 1 };
      log.warn({ err, tries: failing.tries }, 'an update from Telegram could not be carried out');
      return failing.tries >= maxTries;
    }
  };
  let early: ReadonlySet<number> = new Set();
  const hurry = async (updates: readonly Update[], signal: AbortSignal): Promise<void> => {
    const done = new Set<number>();
    for (const update of updates) {
      const id = idOf(update);
      if (id === null || signal.aborted || !isUrgent(update)) continue;
      if (early.has(id) || (await tried(update, signal))) done.add(id);
    }
    early = done;
  };
  return async (updates: readonly Update[], offset: number, signal: AbortSignal): Promise<number> => {
    let next = offset;
    await hurry(updates, signal);
    for (const update of updates) {
      const id = idOf(update);
      if (id === null) continue;
      if (signal.aborted || !(early.has(id) || (await applied(update, id, signal)))) return next;
      next = id + 1;
    }
    return next;
  };
};

/** 1 s, 2 s, 4 s … up to a minute; never before Telegram itself wants to be asked again. */
const backOffMs = ({ firstWaitMs, longestWaitMs }: Pace, failures: number, afterMs = 0): number =>
  Math.max(afterMs, Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 20)));

/** Hears from Telegram until the signal ends it, or the turn does. What it didn't confirm is heard again by the next one. */
const poll = async (work: Poll, signal: AbortSignal, check: () => Promise<void>): Promise<void> => {
  const { deps, log, pace } = work;
  const apply = applier(work);
  let offset = 0;
  let failures = 0;
  let oneByOne = 0;
  while (!signal.aborted) {
    // After a fault one at a time for a while: an answer that was too long to be read gets through so.
    const ask = { offset, timeoutS: pace.longPollS, limit: oneByOne > 0 ? 1 : manyAtOnce };
    const answer = await deps.api.getUpdates(ask, signal);
    if (signal.aborted) return;
    if (!answer.ok) log.warn({ reason: answer.reason }, 'Telegram could not be heard');
    const next = answer.ok ? await apply(answer.result, offset, signal) : offset;
    const stuck = !answer.ok || (answer.result.length > 0 && next === offset);
    offset = next;
    failures = stuck ? failures + 1 : 0;
    oneByOne = stuck ? manyAtOnce : Math.max(0, oneByOne - 1);
    if (stuck) await wait(backOffMs(pace, failures, answer.ok ? 0 : answer.afterMs), signal);
    else if (answer.ok && answer.result.length === 0) await wait(pace.idleMs, signal);
    await check();
  }
};

const runInTurns = async (
  { databaseUrl }: Pick<Config, 'databaseUrl'>,
  work: Poll,
  stopping: AbortSignal,
): Promise<void> => {
  const { log, pace } = work;
  while (!stopping.aborted) {
    try {
      const turn = await takeTurn(databaseUrl, turnNumber);
      if (turn !== null) await poll(work, AbortSignal.any([stopping, turn.lost]), turn.check).finally(turn.release);
    } catch (err) {
      log.warn({ err }, 'the turn to hear from Telegram was lost');
    }
    await wait(pace.turnMs, stopping);
  }
};

/**
 * Hears from Telegram for the whole installation: of all workers one has the turn, and when it dies another takes it.
 * Without a bot there is nothing to hear. `stop` ends it within a second.
 */
export const startTelegramPoller = (
  deps: TelegramPollerDeps,
  over: Partial<Pace> & Readonly<{ api?: TelegramApi }> = {},
): Readonly<{ stop: () => Promise<void> }> => {
  const { config, dialRules, log } = deps;
  const { api: given, ...pace } = over;
  if (config.telegram === undefined) return { stop: async () => undefined };
  const api = given ?? telegramApi({ ...config.telegram, rules: dialRules });
  const stopping = new AbortController();
  const work = {
    deps: { ...deps, api, unknownCodes: openBudget(unknownCodesPerChat) },
    log,
    pace: { ...defaultPace, ...pace },
  };
  const running = runInTurns(config, work, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
};
