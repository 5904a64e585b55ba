import { join } from 'node:path';
import { Assignment, getAssignments, RegionId } from '@farwatch/contracts';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Agent, request } from 'undici';
import { readJson, writeJson } from './json-file.ts';
import type { Log } from './log.ts';

const usualPullEveryMs = 5_000;
const pullTimeoutMs = 5_000;
const maxAnswerBytes = 64 * 1_024 * 1_024;
/** In one answer; the API ends a page before when they are big. */
const pageSize = 5_000;

const Envelope = Type.Object({
  region: RegionId,
  assignments: Type.Array(Type.Unknown()),
  next: Type.Optional(Type.String()),
});
type Envelope = Static<typeof Envelope>;
const envelope = Compile(Envelope);
const wire = Compile(Assignment);

type Read = Readonly<{ region: string; assignments: readonly Assignment[]; unknown: number }>;
/**
 * One by one: what a newer core asks for and this probe does not know of yet keeps no other monitor from being looked at.
 * Null when it is no list of assignments, or of a list not one is understood.
 */
const read = (value: unknown): Read | null => {
  if (!envelope.Check(value)) return null;
  const assignments = value.assignments.filter((one): one is Assignment => wire.Check(one));
  const unknown = value.assignments.length - assignments.length;
  return unknown > 0 && assignments.length === 0 ? null : { region: value.region, assignments, unknown };
};

export type AssignmentMap = ReadonlyMap<string, Assignment>;
export type Pulled = 'changed' | 'same' | 'away';
export type Assignments = Readonly<{
  current: () => AssignmentMap;
  /** The ETag of what was pulled in this run. */
  etag: () => string | null;
  /**
   * Asks the API now. An answer already on its way may be older than the caller's news, so calls meanwhile wait for it and
   * share the next one. Never rejects.
   */
  pull: () => Promise<Pulled>;
  /** Pulls every so often from now on. */
  start: () => void;
  stop: () => Promise<void>;
}>;

export type AssignmentSettings = Readonly<{
  apiUrl: string;
  region: string;
  token: string;
  dataDir: string;
  log: Log;
  /** 5 s unless given. */
  pullEveryMs?: number;
  onChange: (assignments: AssignmentMap) => void;
}>;

const byId = (assignments: readonly Assignment[]): AssignmentMap =>
  new Map(assignments.map((assignment) => [assignment.monitorId, assignment]));

type Answer = Readonly<{ status: number; etag: string | null; body: string }>;
type Asked = Readonly<{ etag: string | null; after: string | null }>;
const ask = async ({ apiUrl, token }: AssignmentSettings, agent: Agent, { etag, after }: Asked): Promise<Answer> => {
  const query = `?limit=${pageSize}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`;
  const { statusCode, headers, body } = await request(apiUrl + getAssignments.url + query, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${token}`, ...(etag === null ? {} : { 'if-none-match': etag }) },
    signal: AbortSignal.timeout(pullTimeoutMs),
  });
  const tag = headers.etag;
  return { status: statusCode, etag: typeof tag === 'string' ? tag : null, body: await body.text() };
};

const pageOf = ({ status, body }: Answer): Envelope => {
  if (status === 401 || status === 403) throw new Error('FARWATCH_REGION_TOKEN was refused by the API');
  if (status !== 200) throw new Error(`the API answered ${status}`);
  const value: unknown = JSON.parse(body);
  if (!envelope.Check(value)) throw new Error('the answer breaks the contract');
  return value;
};

type Whole = Readonly<{ etag: string | null; value: Envelope }>;
/**
 * Page by page, put together; null = as it was. The tag is the first page's: what changes while the others are on their
 * way makes it too old, and is pulled next.
 */
const askAll = async (settings: AssignmentSettings, agent: Agent, etag: string | null): Promise<Whole | null> => {
  const first = await ask(settings, agent, { etag, after: null });
  if (first.status === 304) return null;
  const { region, assignments, next } = pageOf(first);
  const pages = [assignments];
  for (let after = next; after !== undefined; ) {
    const page = pageOf(await ask(settings, agent, { etag: null, after }));
    const goesOn = page.next === undefined || page.next > after; // else it would never end
    if (!goesOn || page.region !== region) throw new Error('the answer breaks the contract');
    pages.push(page.assignments);
    after = page.next;
  }
  return { etag: first.etag, value: { region, assignments: pages.flat() } };
};

/** Assignments pulled from the API and kept on disk, so that the probe works on while the API is away. */
export const openAssignments = async (settings: AssignmentSettings): Promise<Assignments> => {
  const { region, dataDir, log, onChange, pullEveryMs = usualPullEveryMs } = settings;
  const file = join(dataDir, 'assignments.json');
  const agent = new Agent({ connections: 2, maxResponseSize: maxAnswerBytes, connect: { timeout: pullTimeoutMs } });
  const stored: unknown = await readJson(file);
  const kept = read(stored);
  let current: AssignmentMap = kept?.region === region ? byId(kept.assignments) : new Map();
  let etag: string | null = null;
  let pulling: Promise<Pulled> | null = null;
  let following: Promise<Pulled> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let said: string | null = null;

  /** Says trouble once when it begins, and once when it is over. */
  const say = (trouble: string | null): void => {
    if (trouble === said) return;
    said = trouble;
    if (trouble === null) log.info('assignments can be pulled again');
    else log.warn({ trouble, kept: current.size }, 'assignments cannot be pulled; working on with those kept');
  };
  const take = async (answer: Whole | null): Promise<Pulled> => {
    if (answer === null) return 'same';
    const pulled = read(answer.value);
    if (pulled === null) throw new Error('the answer breaks the contract');
    if (pulled.region !== region) throw new Error(`the token is for region ${pulled.region}: check FARWATCH_REGION`);
    if (pulled.unknown > 0)
      log.error(
        { monitors: pulled.unknown },
        'this probe is too old for some monitors: nobody looks at them from here',
      );
    current = byId(pulled.assignments);
    etag = answer.etag;
    onChange(current);
    await writeJson(file, answer.value).catch((error: unknown) =>
      log.error({ err: error }, 'assignments cannot be stored'),
    );
    return 'changed';
  };
  const pullOnce = async (): Promise<Pulled> => {
    try {
      const pulled = await take(await askAll(settings, agent, etag));
      say(null);
      return pulled;
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      return 'away';
    } finally {
      pulling = null;
    }
  };
  const share = (): Promise<Pulled> => {
    pulling ??= pullOnce();
    return pulling;
  };
  const pull = (): Promise<Pulled> => {
    if (pulling === null) return share();
    following ??= pulling.then(() => {
      following = null;
      return share();
    });
    return following;
  };
  return {
    current: () => current,
    etag: () => etag,
    pull,
    start: () => {
      timer = setInterval(() => void share(), pullEveryMs);
    },
    stop: async () => {
      clearInterval(timer);
      await agent.destroy();
    },
  };
};
