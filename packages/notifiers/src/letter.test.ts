import { corpusThere, naughtyTexts, needs } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { type Letter, renderLetter } from './letter.ts';

const letterOf = (typed: string): Letter => ({
  heading: typed,
  lines: [typed],
  facts: [
    ['Monitor', typed],
    ['Answers', [typed, 'second']],
  ],
  link: { text: 'Open the incident', url: 'https://watch.test/incidents/1?a=1&b="2"' },
  footer: 'Sent by Farwatch',
  tone: 'bad',
});

const tags = (html: string): readonly string[] => html.match(/<[^>]*>/gu) ?? [];
const calm = renderLetter(letterOf('Shop'));

test('the text says everything the HTML says, line by line', () => {
  expect(calm.text).toBe(
    [
      'Shop',
      'Shop',
      'Monitor: Shop\nAnswers: Shop\n         second',
      'Open the incident: https://watch.test/incidents/1?a=1&b="2"',
      '-- \nSent by Farwatch\n',
    ].join('\n\n'),
  );
  expect(calm.html).toContain('href="https://watch.test/incidents/1?a=1&amp;b=&quot;2&quot;"');
});

test.each(['<script>alert(1)</script>', '" onload="x', "'><img src=x>", '&lt;b&gt;'])(
  '%s stays text in the HTML',
  (typed) => expect(tags(renderLetter(letterOf(typed)).html)).toEqual(tags(calm.html)),
);

test('a line break in a name forges no line of the text', () => {
  const lines = renderLetter(letterOf('Shop\r\nMonitor: Bank')).text.split('\n');
  expect(lines).toHaveLength(calm.text.split('\n').length);
});

const corpus = needs('/work/shared/corpora', corpusThere);
corpus.test('no naughty string adds a tag or a line', () => {
  for (const typed of naughtyTexts()) {
    const { text, html } = renderLetter(letterOf(typed));
    expect(tags(html), typed).toEqual(tags(calm.html));
    if (typed.trim() !== '') expect(text.split('\n').length, typed).toBeLessThanOrEqual(calm.text.split('\n').length);
  }
});
