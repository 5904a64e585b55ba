import { JSONPathEnvironment } from 'json-p3';

/** RFC 9535 but for its two functions that match patterns: they would run on V8's engine, which can be held up for ever. */
export const environment = new JSONPathEnvironment();
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

/** A value as text (a string as it is, all else as JSON), and as the number that it may be. */
export type Found =
  | Readonly<{ kind: 'value'; text: string; number: number | null }>
  /** `too-large`: nested too deep or with too many parts to be looked through. */
  | Readonly<{ kind: 'nothing' | 'no-json' | 'too-large' }>;

/** The first value at a path of a JSON text. Takes as long as it takes: only a path of names and indexes is sure to be quick. */
export const readValue = (path: string, text: string): Found => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'no-json' };
  }
  try {
    const value: unknown = environment.match(path, json as never)?.value; // whatever JSON.parse made
    if (value === undefined) return { kind: 'nothing' };
    const number = typeof value === 'number' ? value : null;
    return { kind: 'value', text: typeof value === 'string' ? value : JSON.stringify(value), number };
  } catch {
    return { kind: 'too-large' }; // a path that was saved is one: what fails is the depth or the size of what it walks
  }
};
