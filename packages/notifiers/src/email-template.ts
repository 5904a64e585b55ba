import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Html } from '@react-email/html';
import { render, toPlainText } from '@react-email/render';
import { Text } from '@react-email/text';
import { createElement as h, type ReactElement } from 'react';
import type { Fact, Message, Mood } from './notifier.ts';
import { oneLine } from './plain-text.ts';

/** What a mail shows of a message. Every string but the URLs may hold what a user typed. */
export type Letter = Pick<Message, 'mood' | 'heading' | 'lines' | 'facts' | 'link' | 'acknowledge' | 'footer'>;

// Each is readable with white letters on it, in light and in dark surroundings.
const colours: Readonly<Record<Mood, string>> = {
  down: '#d92d20',
  degraded: '#b54708',
  up: '#067647',
  info: '#344054',
};
const fontFamily = "system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";

// Colours stand in the elements, for programs that read no style sheet; this is for dark ones and for phones.
const css = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (prefers-color-scheme:dark){',
  '.page{background:#0c111d!important}',
  '.card{background:#161b26!important;border-color:#333741!important;color:#f5f5f6!important}',
  '.ink{color:#f5f5f6!important}.soft{color:#94969c!important}}',
  '@media (max-width:480px){',
  '.card{padding:16px!important}.facts td{display:block!important;padding:0!important}',
  '.facts td.value{padding-bottom:12px!important}.go{display:block!important;text-align:center!important}}',
].join('');

const ink = '#101828';
const soft = '#667085';
const breaks = { wordBreak: 'break-word' } as const;

const listed = (value: Fact[1]): readonly string[] => (typeof value === 'string' ? [value] : value).map(oneLine);

/** `dir="auto"`: a name written from right to left must not turn its surroundings around. */
const factRow = ([name, value]: Fact, key: number): ReactElement =>
  h(
    'tr',
    { key },
    h(
      'td',
      {
        className: 'soft',
        dir: 'auto',
        style: { padding: '4px 16px 4px 0', color: soft, verticalAlign: 'top', ...breaks },
      },
      oneLine(name),
    ),
    h(
      'td',
      { className: 'ink value', style: { padding: '4px 0', color: ink, ...breaks } },
      listed(value).map((line, i) => h('div', { key: i, dir: 'auto' }, line)),
    ),
  );

const factTable = (facts: readonly Fact[]): ReactElement =>
  h(
    'table',
    { className: 'facts', role: 'presentation', style: { margin: '0 0 24px', fontSize: 15, lineHeight: '22px' } },
    h('tbody', null, facts.map(factRow)),
  );

/** A button, and its address below it for programs that show no buttons. */
const action = (
  { text, url }: NonNullable<Letter['link']>,
  colour: string,
  filled: boolean,
): readonly ReactElement[] => {
  const look = filled ? { background: colour, color: '#ffffff' } : { color: ink };
  const border = { border: `1px solid ${filled ? colour : soft}`, borderRadius: 6 };
  return [
    h(
      'p',
      { key: url, style: { margin: '0 0 6px' } },
      h(
        Button,
        {
          href: url,
          className: filled ? 'go' : 'go ink',
          style: { padding: '10px 16px', fontSize: 15, ...look, ...border },
        },
        oneLine(text),
      ),
    ),
    h(
      'p',
      {
        key: `${url} address`,
        className: 'soft address',
        style: { margin: '0 0 20px', fontSize: 12, color: soft, wordBreak: 'break-all' },
      },
      url,
    ),
  ];
};

const page = ({ mood, heading, lines, facts, link, acknowledge, footer }: Letter): ReactElement => {
  const colour = colours[mood];
  const card = {
    maxWidth: 600,
    padding: 24,
    background: '#ffffff',
    border: '1px solid #eaecf0',
    borderTop: `4px solid ${colour}`,
    borderRadius: 8,
  };
  return h(
    Html,
    { lang: 'en' },
    h(
      Head,
      null,
      h('meta', { name: 'viewport', content: 'width=device-width,initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
      h('style', null, css),
    ),
    h(
      Body,
      { className: 'page', style: { margin: 0, padding: 12, background: '#f9fafb', fontFamily } },
      h(
        Container,
        { className: 'card', style: card },
        h(
          Heading,
          {
            as: 'h1',
            className: 'ink',
            dir: 'auto',
            style: { margin: '0 0 16px', fontSize: 20, lineHeight: '28px', color: ink, ...breaks },
          },
          oneLine(heading),
        ),
        lines.map((line, key) =>
          h(
            Text,
            {
              key,
              className: 'ink',
              dir: 'auto',
              style: { margin: '0 0 16px', fontSize: 15, lineHeight: '22px', color: ink, ...breaks },
            },
            oneLine(line),
          ),
        ),
        facts.length === 0 ? null : factTable(facts),
        link === null ? null : action(link, colour, true),
        acknowledge === null ? null : action(acknowledge, colour, false),
        h(
          Text,
          {
            className: 'soft',
            dir: 'auto',
            style: { margin: 0, fontSize: 12, lineHeight: '18px', color: soft, ...breaks },
          },
          oneLine(footer),
        ),
      ),
    ),
  );
};

/** How the text part is read off the HTML: as it stands, without wrapped lines that would cut a URL in two. */
const asText: Parameters<typeof toPlainText>[1] = {
  wordwrap: false,
  selectors: [
    { selector: 'h1', options: { uppercase: false } },
    {
      selector: 'table.facts',
      format: 'dataTable',
      options: { uppercaseHeaderCells: false, maxColumnWidth: 2_000, colSpacing: 2 },
    },
    { selector: 'p.address', format: 'skip' },
    { selector: 'a', options: { linkBrackets: false } },
  ],
};

/** The two bodies of a mail, both from the one page. What users typed is one line each, and escaped in the HTML. */
export const renderMail = async (letter: Letter): Promise<Readonly<{ text: string; html: string }>> => {
  const html = await render(page(letter));
  return { html, text: `${toPlainText(html, asText)}\n` };
};
