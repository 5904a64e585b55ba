/** Reads the public API with a key. Times out, and says what the server said. */
export type Api = Readonly<{
  get: <T>(path: string) => Promise<T>;
  /** A list as NDJSON, line by line; rejects when it ends amid a line or one is no JSON. */
  rows: <T>(path: string) => AsyncGenerator<T>;
}>;

const jsonMs = 30_000;
const streamMs = 600_000;

const failure = async (path: string, answer: Response): Promise<Error> => {
  const body: unknown = await answer.json().catch(() => null);
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : '';
  return new Error(`${path} was answered with ${answer.status}. ${detail}`.trim());
};

/** `fetch failed` says nothing: its cause does. */
const whyNot = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return code !== '' ? code : cause instanceof Error ? cause.message : error.message;
};

/** The lines of a stream; the last one has an end too, or the stream was cut off. */
async function* linesOf(path: string, body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') throw new Error(`${path} was cut off amid a line`);
}

const parsed = <T>(path: string, line: string): T => {
  try {
    return JSON.parse(line) as T; // the server's own contract
  } catch {
    throw new Error(`${path} holds a line that is no JSON`);
  }
};

export const openApi = (baseUrl: string, key: string): Api => {
  const ask = async (path: string, accept: string, ms: number): Promise<Response> => {
    const headers = { authorization: `Bearer ${key}`, accept };
    const answer = await fetch(new URL(path, baseUrl), { headers, signal: AbortSignal.timeout(ms) }).catch(
      (error: unknown) => {
        throw new Error(`${baseUrl} can't be reached: ${whyNot(error)}`);
      },
    );
    if (!answer.ok) throw await failure(path, answer);
    return answer;
  };
  return {
    get: async <T>(path: string) => (await (await ask(path, 'application/json', jsonMs)).json()) as T, // the server's own contract
    rows: async function* <T>(path: string) {
      const { body } = await ask(path, 'application/x-ndjson', streamMs);
      if (body === null) return;
      try {
        for await (const line of linesOf(path, body)) if (line !== '') yield parsed<T>(path, line);
      } catch (error) {
        throw error instanceof Error && error.message.startsWith(path)
          ? error
          : new Error(`${path} was cut off: ${whyNot(error)}`);
      }
    },
  };
};
