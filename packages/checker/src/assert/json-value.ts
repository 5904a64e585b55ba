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

/** No document is nested deeper; parsing half a million brackets takes 70 MiB. */
const mostDeep = 500;
const [quote, backslash, openList, openObject, closeList, closeObject] = [34, 92, 91, 123, 93, 125];
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length && depth <= mostDeep; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) inString = !inString;
    else if (inString) i += code === backslash ? 1 : 0;
    else if (code === openList || code === openObject) depth += 1;
    else if (code === closeList || code === closeObject) depth -= 1;
  }
  return depth > mostDeep;
};

/** The first value at a path of a JSON text. Takes as long as it takes: only a path of names and indexes is sure to be quick. */
export const readValue = (path: string, text: string): Found => {
  let json: unknown;
  if (isTooDeep(text)) return { kind: 'too-large' };
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
