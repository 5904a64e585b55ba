import type { LiquidJson } from './liquid-json.ts';
import type { Message } from './notifier.ts';
import { openTemplateThread } from './template-thread.ts';

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

/** `passing`: not the template's fault; the same may be made later. */
export type Rendered = Extract<LiquidJson, { ok: true }> | Readonly<{ ok: false; problem: string; passing: boolean }>;

const thread = openTemplateThread();

/** The body that a template makes of a message; made on a thread of its own, in bounded time. */
export const renderTemplate = async (template: string, message: Message): Promise<Rendered> => {
  const made = await thread(template, scopeOf(message));
  switch (made) {
    case 'late':
      return { ok: false, problem: 'took too long', passing: false };
    case 'dead':
      return { ok: false, problem: 'took too much memory', passing: false };
    case 'busy':
      return { ok: false, problem: 'could not be tried just now; try it again', passing: true };
    default:
      return made.ok ? made : { ...made, passing: false };
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
export const checkTemplate = async (template: string): Promise<string | null> => {
  for (const message of [sample, bare]) {
    const rendered = await renderTemplate(template, message);
    if (!rendered.ok) return `This template ${rendered.problem}`;
  }
  return null;
};
