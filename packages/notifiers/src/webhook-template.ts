import { Liquid } from 'liquidjs';
import type { Message } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';

/** Bounds of one template: its length, and what it may use while it runs. */
const maxTemplateChars = 10_000;
const maxPayloadChars = 100_000;
const bounds = { parseLimit: maxTemplateChars, renderLimit: 200, memoryLimit: 1_000_000, templateLimit: 10_000 };

/** A value inside a JSON string: what JSON.stringify writes between the quotes. */
const insideString = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return JSON.stringify(text.toWellFormed()).slice(1, -1);
};

// Tags that read files; there are none to read, and a template should learn that when it is saved.
const fileTags = ['include', 'render', 'layout', 'block'];

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
  engine.registerFilter('json', { raw: true, handler: (value: unknown) => JSON.stringify(value ?? null) });
  engine.unregisterFilter('jsonify');
  engine.unregisterFilter('inspect');
  return engine;
};

const engine = openEngine();

/** What a template can name. */
const scopeOf = (message: Message): object => {
  const { id, mood, subject, heading, lines, facts, link, acknowledge, footer, brief, body } = message;
  return {
    id,
    mood,
    subject,
    heading,
    lines,
    facts: facts.map(([name, value]) => ({ name, value: typeof value === 'string' ? value : value.join('\n') })),
    url: link?.url ?? null,
    acknowledgeUrl: acknowledge?.url ?? null,
    footer,
    brief,
    event: body,
  };
};

export type Rendered = Readonly<{ ok: true; payload: string } | { ok: false; problem: string }>;

/** What went wrong, without what the library adds about its own insides. */
const problemOf = (error: unknown): string =>
  cut(oneLine(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)), 300);

/**
 * The body that a template makes of a message. Values are written for the inside of a JSON string, or with `| json` as
 * whole values, so that names can't break out. Bounded in time, length and memory; reads no files.
 */
export const renderTemplate = (template: string, message: Message): Rendered => {
  if (template.length > maxTemplateChars) return { ok: false, problem: `longer than ${maxTemplateChars} characters` };
  try {
    const payload: unknown = engine.parseAndRenderSync(template, scopeOf(message), bounds);
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

const typed = 'a "quoted" \\ name\n</script> {{ id }} 店';
const sample: Message = {
  id: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
  mood: 'down',
  subject: typed,
  heading: typed,
  lines: [typed, typed],
  facts: [
    [typed, typed],
    ['Regions', [typed, typed]],
  ],
  link: { text: 'Open', url: 'https://farwatch.example/incidents/1' },
  acknowledge: { text: 'I have it', url: 'https://farwatch.example/acknowledge/1' },
  footer: typed,
  unsubscribeUrl: null,
  threadId: null,
  previous: null,
  amendsFirst: false,
  brief: typed,
  spoken: typed,
  body: { type: 'incident.opened', data: { name: typed } },
};
const bare: Message = { ...sample, mood: 'up', lines: [], facts: [], link: null, acknowledge: null, body: {} };

/** What is wrong with a template, in words for whoever wrote it; null when it makes JSON of a full and of a bare message. */
export const checkTemplate = (template: string): string | null => {
  for (const message of [sample, bare]) {
    const rendered = renderTemplate(template, message);
    if (!rendered.ok) return `This template ${rendered.problem}`;
  }
  return null;
};
