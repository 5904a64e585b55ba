import { expect, test } from 'vitest';
import { messageOf } from './message.fixture.ts';
import { openTemplateThread } from './template-thread.ts';
import { webhookNotifier } from './webhook.ts';
import { checkTemplate, renderTemplate } from './webhook-template.ts';

const sampleId = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
const many = Array.from({ length: 300 }, () => 'a contains "x"').join(' or ');
const looksThrough = `{% assign a = (1..200000) %}{% if ${many} %}{% endif %}`;
const slow = `${looksThrough}{"a": 1}`;
const slowLater = `{% if id != "${sampleId}" %}${looksThrough}{% endif %}{"a": 1}`;
const slowest = [
  {
    what: 'a filter for each item',
    template: `{% assign a=(1..3000) %}{{ a | has_exp:"x","a | has_exp:'y','y==0'" }}`,
  },
  { what: 'another of these', template: `{% assign a=(1..3000) %}{{ a | find_exp:"x","a | where_exp:'y','y==0'" }}` },
  { what: 'a long range', template: `{% assign a = (1..900000) %}{% if ${many} %}{% endif %}{"a": 1}` },
  { what: 'a condition of many parts', template: slow },
] as const;
const good = '{"text": "{{ heading }}"}';

/** The longest time for which nothing else ran while `work` was waited for. */
const longestPause = async (work: () => Promise<void>): Promise<number> => {
  let [longest, last] = [0, performance.now()];
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 5);
  await work();
  clearInterval(timer);
  look();
  return longest;
};

/** The time a thread takes to start is not the template's. */
const warm = async (): Promise<void> => void (await renderTemplate(good, messageOf()));

test.each(slowest)(
  '$what is not saved, stops nobody meanwhile, and the next is served at once',
  async ({ template }) => {
    await warm();
    const began = performance.now();
    const pause = await longestPause(async () => {
      expect(await checkTemplate(template)).toMatch(/^This template (?:took too|.*(?:limit|undefined filter))/u);
    });
    expect(performance.now() - began).toBeLessThan(1_200);
    expect(pause).toBeLessThan(200);
    expect(await checkTemplate(good)).toBeNull();
  },
);

test('a template that is slow only for real messages spoils those, and stops nobody', async () => {
  const id = '01932c5e-7b1a-7c3e-9d55-000000000000';
  const target = { url: 'http://127.0.0.1:1/', secrets: [], headers: {}, template: slowLater };
  const send = webhookNotifier({ allowCidrs: ['127.0.0.0/8'] });
  expect(await checkTemplate(slowLater)).toBeNull();
  const began = performance.now();
  const pause = await longestPause(async () => {
    expect(await send(messageOf({ id }), target, AbortSignal.timeout(5_000))).toEqual({
      kind: 'rejected',
      reason: 'the template of this webhook took too long',
      broken: false,
    });
  });
  expect(performance.now() - began).toBeLessThan(1_200);
  expect(pause).toBeLessThan(200);
  expect((await renderTemplate(good, messageOf())).ok).toBe(true);
});

test.each([
  ['backslashes that double', `{% assign a = '"' %}{% assign a = a${' | json'.repeat(900)} %}{"a": {{ a }}}`],
  ['a text that grows', '{% for i in (1..100) %}{% assign a = a | append: heading | json %}{% endfor %}{"a": {{ a }}}'],
  ['one long text many times', `{% assign a = (1..20000) | join %}"${'{{ a }}'.repeat(1_000)}"`],
])('%s: ended in time, and the next is served', async (_, template) => {
  await warm();
  const rendered = await renderTemplate(template, messageOf({ heading: '"\\'.repeat(2_000) }));
  const problem = expect.stringMatching(/limit|too much memory|too long|more than/u);
  expect(rendered).toEqual({ ok: false, problem, passing: false });
  expect(await checkTemplate(good)).toBeNull();
});

test('of many at once each has its own answer, the slow ones among them too', async () => {
  const thread = openTemplateThread({ workMs: 100, waitMs: 60_000 });
  const templates = Array.from({ length: 40 }, (_, n) => (n % 10 === 5 ? slow : `{"n": ${n}}`));
  const made = await Promise.all(templates.map((template) => thread(template, {})));
  expect(made).toEqual(templates.map((template) => (template === slow ? 'late' : { ok: true, payload: template })));
});

test('the queue is bounded in length and in time, and empties', async () => {
  const short = openTemplateThread({ maxWaiting: 2 });
  const answers = await Promise.all([1, 2, 3].map((n) => short(`${n}`, {})));
  expect(answers).toEqual([{ ok: true, payload: '1' }, { ok: true, payload: '2' }, 'busy']);
  expect(await short('4', {})).toEqual({ ok: true, payload: '4' });
  const hasty = openTemplateThread({ workMs: 100, waitMs: 50 });
  await hasty('0', {});
  expect(await Promise.all([hasty(slow, {}), hasty('1', {})])).toEqual(['late', 'busy']);
  expect(await hasty('2', {})).toEqual({ ok: true, payload: '2' });
});

test('a thread that does not start in time is no fault of the template', async () => {
  const thread = openTemplateThread({ startMs: 0 });
  expect(await thread('1', {})).toBe('busy');
});
