import { whyNot } from './unreachable.ts';

/** A stream that is no NDJSON to its end. */
class BrokenStream extends Error {}

/** The lines of a stream; the last one has an end too, or the stream was cut off. */
async function* linesOf(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    heard();
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') throw new BrokenStream('was cut off amid a line');
}

const parsed = <T>(line: string, number: number): T => {
  try {
    return JSON.parse(line) as T; // the server's own contract
  } catch {
    throw new BrokenStream(`is broken: line ${number} is no JSON`);
  }
};

/**
 * The rows of an NDJSON body, one at a time: memory is that of a line. `heard` is called as text comes. Rejects in words,
 * naming `path`, when a line is no JSON or the stream ends too early.
 */
export async function* rowsOf<T>(path: string, body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<T> {
  let number = 0;
  try {
    for await (const line of linesOf(body, heard)) {
      number += 1;
      if (line !== '') yield parsed<T>(line, number);
    }
  } catch (error) {
    if (error instanceof BrokenStream) throw new Error(`${path} ${error.message}`);
    throw new Error(`${path} was cut off ${number === 0 ? 'at once' : `after line ${number}`}: ${whyNot(error)}`);
  }
}
