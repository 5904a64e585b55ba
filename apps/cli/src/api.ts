/** Reads the public API with a key. Times out, and says what the server said. */
export type Api = Readonly<{
  get: <T>(path: string) => Promise<T>;
  /** A list as NDJSON, read to its end. */
  rows: <T>(path: string) => Promise<readonly T[]>;
}>;

const jsonMs = 30_000;
const streamMs = 600_000;

const failure = async (path: string, answer: Response): Promise<Error> => {
  const body: unknown = await answer.json().catch(() => null);
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : '';
  return new Error(`${path} was answered with ${answer.status}. ${detail}`.trim());
};

export const openApi = (baseUrl: string, key: string): Api => {
  const ask = async (path: string, accept: string, ms: number): Promise<Response> => {
    const headers = { authorization: `Bearer ${key}`, accept };
    const answer = await fetch(new URL(path, baseUrl), { headers, signal: AbortSignal.timeout(ms) }).catch(
      (error: unknown) => {
        throw new Error(`${baseUrl} can't be reached: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
    if (!answer.ok) throw await failure(path, answer);
    return answer;
  };
  return {
    get: async <T>(path: string) => (await (await ask(path, 'application/json', jsonMs)).json()) as T, // the server's own contract
    rows: async <T>(path: string) => {
      const text = await (await ask(path, 'application/x-ndjson', streamMs)).text();
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T); // the server's own contract
    },
  };
};
