import { JSONPathEnvironment } from 'json-p3';

/** RFC 9535 but for its two functions that match patterns: they would run on V8's engine, which can be held up for ever. */
const environment = new JSONPathEnvironment();
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

/** What is wrong with a path; null when it is one. */
export const pathFault = (path: string): string | null => {
  try {
    environment.compile(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 300) : 'this is no path';
  }
};

export type Found = Readonly<{ kind: 'value'; value: unknown }> | Readonly<{ kind: 'nothing' | 'no-json' }>;
/** The first value at a path of a JSON text. */
export const valueAt = (path: string, text: string): Found => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'no-json' };
  }
  try {
    const value: unknown = environment.query(path, json as never).values()[0]; // whatever JSON.parse made
    return value === undefined ? { kind: 'nothing' } : { kind: 'value', value };
  } catch {
    return { kind: 'nothing' }; // nested deeper than it goes
  }
};
