import { Liquid } from 'liquidjs';
import { cut, oneLine } from './plain-text.ts';

/**
 * Bounds of one template: its length, and what it may use while it runs. The library looks at its clock between tags
 * only, so whoever calls this has to be able to end it from outside.
 */
const maxTemplateChars = 10_000;
const maxPayloadChars = 100_000;
const bounds = { parseLimit: maxTemplateChars, renderLimit: 200, memoryLimit: 250_000, templateLimit: 10_000 };

/** A value inside a JSON string: what JSON.stringify writes between the quotes. */
const insideString = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return JSON.stringify(text.toWellFormed()).slice(1, -1);
};

// Tags that read files; there are none to read, and a template should learn that when it is saved.
const fileTags = ['include', 'render', 'layout', 'block'];

/** Two that write JSON in ways of their own, and those that run a small program for each item of a list. */
const withoutFilters = [
  'jsonify',
  'inspect',
  'where_exp',
  'reject_exp',
  'group_by_exp',
  'has_exp',
  'find_exp',
  'find_index_exp',
];

const openEngine = (): Liquid => {
  const nowhere = {
    readFileSync: () => '',
    readFile: async () => '',
    existsSync: () => false,
    exists: async () => false,
  };
  const engine = new Liquid({
    ...bounds,
    outputEscape: insideString,
    ownPropertyOnly: true,
    strictFilters: true,
    relativeReference: false,
    fs: { ...nowhere, resolve: () => '' },
  });
  for (const tag of fileTags) delete engine.tags[tag];
  engine.registerFilter('raw', (value: unknown) => value); // nothing goes around the escaping but whole JSON values
  engine.registerFilter('json', {
    raw: true,
    handler(value: unknown) {
      const text = JSON.stringify(value ?? null);
      this.context.memoryLimit.use(text.length); // each `| json` after another doubles the backslashes
      return text;
    },
  });
  for (const name of withoutFilters) engine.unregisterFilter(name);
  return engine;
};

const engine = openEngine();

export type LiquidJson = Readonly<{ ok: true; payload: string } | { ok: false; problem: string }>;

/** What went wrong, without what the library adds about its own insides. */
const problemOf = (error: unknown): string =>
  cut(oneLine(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)), 300);

/**
 * The body that a template makes of what it can name. Values are written for the inside of a JSON string, or with
 * `| json` as whole values, so that names can't break out. Bounded in length and memory; reads no files.
 */
export const liquidJson = (template: string, scope: object): LiquidJson => {
  if (template.length > maxTemplateChars) return { ok: false, problem: `longer than ${maxTemplateChars} characters` };
  try {
    const payload: unknown = engine.parseAndRenderSync(template, scope, bounds);
    if (typeof payload !== 'string') return { ok: false, problem: 'makes no text' };
    if (payload.length > maxPayloadChars)
      return { ok: false, problem: `makes more than ${maxPayloadChars} characters` };
    JSON.parse(payload);
    return { ok: true, payload };
  } catch (error) {
    const what = error instanceof SyntaxError ? 'does not make valid JSON: ' : '';
    return { ok: false, problem: `${what}${problemOf(error)}` };
  }
};
