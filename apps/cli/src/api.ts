import { setTimeout as sleep } from 'node:timers/promises';
import { rowsOf } from './rows.ts';
import { whyNot } from './unreachable.ts';

/** Reads the public API with a key. Every wait has an end; rejects in words, with what the server said. */
export type Api = Readonly<{
  get: <T>(path: string) => Promise<T>;
  /** A list as NDJSON, line by line; rejects when it ends amid a line or one is no JSON. */
  rows: <T>(path: string) => AsyncGenerator<T>;
}>;

/** So often a server may ask for patience, and so long at a time. */
const mostPatience = 3;
const longestPatienceS = 60;

const failure = async (path: string, answer: Response): Promise<Error> => {
  const body: unknown = await answer.json().catch(() => null);
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : '';
  return new Error(`${path} was answered with ${answer.status}. ${detail}`.trim());
};

/** Seconds; null: it is no use to ask again. */
const patienceOf = ({ status, headers }: Response): number | null => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const soon = Number.isInteger(seconds) && seconds >= 0 && seconds <= longestPatienceS;
  return (status === 429 || status === 503) && soon ? seconds : null;
};

/** Ends what it watches when nothing has been heard for so long. */
const watchdog = (waitMs: number) => {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new DOMException('nothing was heard', 'TimeoutError')), waitMs);
  return { signal: silence.signal, heard: () => void timer.refresh(), end: () => clearTimeout(timer) };
};
type Watchdog = ReturnType<typeof watchdog>;

/** `waitMs`: so long the server may say nothing. */
export const openApi = (baseUrl: string, key: string, { waitMs = 60_000 } = {}): Api => {
  const once = (path: string, accept: string, { signal }: Watchdog): Promise<Response> =>
    fetch(new URL(path, baseUrl), { headers: { authorization: `Bearer ${key}`, accept }, signal }).catch(
      (error: unknown) => {
        throw new Error(`${baseUrl} can't be reached: ${whyNot(error)}`);
      },
    );
  const ask = async (path: string, accept: string, dog: Watchdog): Promise<Response> => {
    for (let asked = 0; ; asked++) {
      const answer = await once(path, accept, dog);
      dog.heard();
      if (answer.ok) return answer;
      const patience = asked < mostPatience ? patienceOf(answer) : null;
      if (patience === null) throw await failure(path, answer);
      await answer.body?.cancel();
      for (let s = 0; s < patience; s++) await sleep(1_000).then(dog.heard);
    }
  };
  return {
    get: async <T>(path: string) => {
      const dog = watchdog(waitMs);
      try {
        const text = await (await ask(path, 'application/json', dog)).text().catch((error: unknown) => {
          throw new Error(`${path} was cut off: ${whyNot(error)}`);
        });
        return JSON.parse(text) as T; // the server's own contract
      } catch (error) {
        throw error instanceof SyntaxError ? new Error(`${path} was answered with something that is no JSON`) : error;
      } finally {
        dog.end();
      }
    },
    rows: async function* <T>(path: string) {
      const dog = watchdog(waitMs);
      try {
        const { body } = await ask(path, 'application/x-ndjson', dog);
        if (body !== null) yield* rowsOf<T>(path, body, dog.heard);
      } finally {
        dog.end();
      }
    },
  };
};
