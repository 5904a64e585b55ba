import { corpusThere, naughtyTexts, needs } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { messageOf } from './message.fixture.ts';
import { checkTemplate, renderTemplate } from './webhook-template.ts';

const good = `{
  "text": "{{ mood | upcase }}: {{ heading }} {{ url }}",
  "lines": [{% for line in lines %}"{{ line }}"{% unless forloop.last %},{% endunless %}{% endfor %}],
  "event": {{ event | json }}, "regions": {{ facts | json }}, "ack": {{ acknowledgeUrl | json }}
}`;

test('a good template has nothing wrong', async () => {
  expect(await checkTemplate(good)).toBeNull();
});

test.each([
  ['{"a": {{ heading }}}', /valid JSON/u],
  ['{"a": "{{ heading | raw }}"', /valid JSON/u],
  ['{"a": "{{ heading | json }}"}', /valid JSON/u],
  ['{"a": "{{ heading"}', /not closed/u],
  ['{"a": "{{ heading | nope }}"}', /nope/u],
  ['{% include "/etc/passwd" %}', /include/u],
  ['{% render "/etc/passwd" %}', /render/u],
  ['{% layout "/etc/passwd" %}', /layout/u],
  ['', /valid JSON/u],
  [`"${'x'.repeat(20_000)}"`, /longer than/u],
  ['"{% for i in (1..100000000) %}x{% endfor %}"', /limit/iu],
  ['"{% for i in (1..3000) %}{% for j in (1..3000) %}x{% endfor %}{% endfor %}"', /limit/iu],
  [
    '{% assign a = "xxxxxxxxxx" %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}"{{ a }}"',
    /limit/iu,
  ],
])('%j is told what is wrong before it is saved, in bounded time', async (template, problem) => {
  const began = performance.now();
  expect(await checkTemplate(template)).toMatch(problem);
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('a template sees what the message says, and nothing of the program', async () => {
  const rendered = await renderTemplate(
    '["{{ constructor }}","{{ heading.constructor.name }}","{{ lines.constructor }}","{{ __proto__ }}","{{ process }}"]',
    messageOf(),
  );
  expect(rendered).toEqual({ ok: true, payload: '["","","","",""]' });
});

test('even the raw filter breaks no JSON', async () => {
  const heading = '", "admin": "yes';
  const rendered = await renderTemplate('{"a": "{{ heading | raw }}"}', messageOf({ heading }));
  expect(rendered.ok ? JSON.parse(rendered.payload) : null).toEqual({ a: heading });
});

const corpus = needs('/work/shared/corpora', corpusThere);
corpus.test('whatever the names hold, the result is JSON that holds them', async () => {
  const template = '{"a": "{{ heading }}", "b": {{ heading | json }}, "c": ["{{ lines[0] }}"]}';
  const texts = [...naughtyTexts(), '\ud800', '\u2028', '{{ id }}', '{% include "x" %}'];
  for (const typed of texts) {
    const rendered = await renderTemplate(template, messageOf({ heading: typed, lines: [typed] }));
    const whole = typed.toWellFormed();
    expect(rendered.ok ? JSON.parse(rendered.payload) : rendered).toEqual({ a: whole, b: typed, c: [whole] });
  }
});
