import { corpusThere, naughtyTexts, needs } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { renderMail } from './email-template.ts';
import { asShown, messageOf } from './message.fixture.ts';

const typedAs = (typed: string) =>
  renderMail(
    messageOf({
      heading: typed,
      lines: [typed, typed],
      facts: [
        ['Monitor', typed],
        [typed, [typed, 'second']],
      ],
      footer: typed,
    }),
  );

/** What the HTML consists of without its texts; React writes an empty text as none. */
const tags = (html: string): readonly string[] => html.match(/<[^>]*>/gu) ?? [];
const calm = await typedAs('Shop');

test('the text says everything the HTML says, each URL whole on a line of its own', async () => {
  const { text } = await renderMail(messageOf({ lines: ['One.', 'Two.'] }));
  expect(text).toBe(
    [
      'Shop is down',
      'One.',
      'Two.',
      'Since    14:03\nRegions  fra: HTTP 502\n         iad: no answer after 10000 ms',
      'Open the incident https://watch.test/incidents/1?a=1&b=2',
      'I have it https://watch.test/acknowledge/1?token=a_b',
      'Farwatch sent this because you are on call for Shop.\n',
    ].join('\n\n'),
  );
});

test('a message with nothing to do next and no facts has no button and no table of facts', async () => {
  const { html, text } = await renderMail(messageOf({ link: null, acknowledge: null, facts: [] }));
  expect(html).not.toMatch(/<a |facts"/u);
  expect(text.split('\n\n')).toHaveLength(3);
});

test('both buttons carry their URL, and it stands readable below for programs without buttons', async () => {
  const { html } = await renderMail(messageOf());
  for (const url of ['https://watch.test/incidents/1?a=1&amp;b=2', 'https://watch.test/acknowledge/1?token=a_b']) {
    expect(html).toContain(`href="${url}"`);
    expect(html).toContain(`>${url}</p>`);
  }
});

test('the page has colours for dark surroundings, room for a phone, and lets a name keep its own direction', async () => {
  const { html } = await typedAs('متجر');
  expect(html).toContain('@media (prefers-color-scheme:dark){');
  expect(html).toContain('@media (max-width:480px){');
  expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
  expect(html).toContain('name="viewport"');
  const typed = html.match(/<[^>]*>(?=متجر)/gu) ?? [];
  expect(typed).toHaveLength(7);
  expect(typed.filter((tag) => !tag.includes('dir="auto"'))).toEqual([]);
});

test.each(['<script>alert(1)</script>', '" onload="x', "'><img src=x>", '&lt;b&gt;', '<!-- x', ']]>'])(
  '%s stays text in the HTML and is read as it was typed',
  async (typed) => {
    const { html, text } = await typedAs(typed);
    expect(tags(html)).toEqual(tags(calm.html));
    expect(text.split(typed)).toHaveLength(8);
  },
);

test('a line break in a name forges no line of the text', async () => {
  const { text } = await typedAs('Shop\r\nMonitor: Bank');
  expect(text.split('\n')).toHaveLength(calm.text.split('\n').length);
});

const corpus = needs('/work/shared/corpora', corpusThere);
corpus.test('no naughty string adds a tag or a line, and none is lost', { timeout: 60_000 }, async () => {
  const texts = naughtyTexts();
  expect(texts.length).toBeGreaterThan(500);
  for (const typed of texts) {
    const { text, html } = await typedAs(typed);
    if (asShown(typed) !== '') expect(tags(html), typed).toEqual(tags(calm.html));
    expect(text.split('\n').length, typed).toBeLessThanOrEqual(calm.text.split('\n').length);
    expect(asShown(text), typed).toContain(asShown(typed));
  }
});

test('a mail costs so little that a worker writes hundreds a second', async () => {
  for (let i = 0; i < 100; i += 1) await renderMail(messageOf());
  const began = performance.now();
  for (let i = 0; i < 100; i += 1) await renderMail(messageOf());
  expect(performance.now() - began).toBeLessThan(1_500); // 2 to 3 ms each, with room for a busy machine
});
