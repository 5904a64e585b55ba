import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PageAnswer } from '@farwatch/contracts';
import { problem } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { judgeUrl } from '../monitors/judge-url.ts';
import type { RegionRow } from '../probes/store.ts';
import { type Entry, proposed, UnreadableError } from './entry.ts';
import { urlOf } from './read-lines.ts';

export type SitemapDeps = Pick<ModuleDeps, 'db' | 'log' | 'regions' | 'pageReads' | 'pageAsker' | 'dialRules'>;

/** A probe ends within 12 s of taking it; the rest is the way there and back. */
const longestMs = 20_000;
const askAgainMs = 150;

const file = /(?:^|[/_-])sitemap[^/]*\.(?:xml|txt)(?:\.gz)?$/iu;
/** Whether a text is nothing but the address of a sitemap. */
export const looksLikeSitemap = (text: string): boolean => {
  const word = text.trim();
  if (word.length > 2_048 || /\s/u.test(word)) return false;
  const url = urlOf(word);
  return url !== null && file.test(new URL(url).pathname);
};

const unavailable = (detail: string) => problem(503, 'probe-unavailable', detail);

/** Whoever was heard of last answers soonest, if anybody does; one that sees nothing is asked last. */
const regionToAsk = (regions: readonly RegionRow[]): string => {
  const [best] = regions.toSorted(
    (a, b) => Number(a.blind) - Number(b.blind) || (b.lastSeenAt?.getTime() ?? 0) - (a.lastSeenAt?.getTime() ?? 0),
  );
  if (best === undefined) throw unavailable('There is no probe that could read it.');
  return best.id;
};

/** Waits for the answer, with an end. */
const awaitAnswer = async ({ db, pageReads }: SitemapDeps, id: string, until: number): Promise<PageAnswer> => {
  while (Date.now() < until) {
    const answer = await pageReads.answerOf(db.sql, id);
    if (answer !== null) return answer;
    await pause(askAgainMs);
  }
  throw unavailable('No probe has answered. Try again in a moment.');
};

/** Has a probe read it: this process never fetches what a person typed. */
const readByProbe = async (deps: SitemapDeps, organisationId: string, url: string): Promise<PageAnswer> => {
  const { db, pageReads, pageAsker, regions } = deps;
  const region = regionToAsk(await regions.list(db.sql));
  const [id, until] = [randomUUIDv7(), Date.now() + longestMs];
  const since = new Date(Date.now() - longestMs);
  if (!(await db.transaction((tx) => pageReads.begin(tx, { id, organisationId, since }))))
    throw problem(429, 'sitemap-being-read', 'A sitemap is being read already. Try again when it is done.', undefined, {
      'retry-after': String(longestMs / 1_000),
    });
  try {
    await pageAsker.ask({ readId: id, region, kind: 'sitemap', url, expiresAt: until }).catch((err: unknown) => {
      deps.log.warn({ err }, 'a probe could not be asked for a sitemap');
      throw unavailable('The probes can not be asked right now. Try again in a moment.');
    });
    return await awaitAnswer(deps, id, until);
  } finally {
    await pageReads.forget(db.sql, id);
  }
};

/** Pages of one site would all be called like their host: the path tells them apart. */
const nameOf = (url: string): string => {
  const { host, pathname, search } = new URL(url);
  return `${host}${pathname === '/' ? '' : pathname}${search}`.slice(0, 100);
};

/** The pages that a site's sitemap names, read by a probe. Throws an UnreadableError that says what is wrong. */
export const readSitemap = async (
  deps: SitemapDeps,
  organisationId: string,
  text: string,
): Promise<Readonly<{ format: 'sitemap'; entries: readonly Entry[]; notes: readonly string[] }>> => {
  const url = urlOf(text.trim());
  if (url === null) throw new UnreadableError('Give the address of one sitemap, or of the site whose it is.');
  const judged = judgeUrl(url, deps.dialRules, '/text');
  if (!judged.ok) throw new UnreadableError(judged.fault.detail);
  const answer = await readByProbe(deps, organisationId, judged.url.href);
  if (answer.kind === 'failed') throw new UnreadableError(`The sitemap could not be read: ${answer.reason}.`);
  const entries = answer.urls.map((page, i) => proposed(i + 1, { url: page, name: nameOf(page) }));
  return { format: 'sitemap', entries, notes: answer.notes };
};
