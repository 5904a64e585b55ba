import { escapeHtml, oneLine } from './plain-text.ts';

/** A mail before it is text and HTML: both are written from this one source. Every string may come from a user. */
export type Letter = Readonly<{
  heading: string;
  /** Paragraphs. */
  lines: readonly string[];
  /** Name and value; a value of several lines is a list. */
  facts: readonly (readonly [name: string, value: string | readonly string[]])[];
  /** The one thing to do next. */
  link: Readonly<{ text: string; url: string }> | null;
  /** Says who wrote this and why. */
  footer: string;
  tone: 'bad' | 'good' | 'plain';
}>;

const colours = { bad: '#d92d20', good: '#067647', plain: '#344054' } as const;
const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";

const listed = (value: string | readonly string[]): readonly string[] =>
  (typeof value === 'string' ? [value] : value).map(oneLine);

const textOf = ({ heading, lines, facts, link, footer }: Letter): string => {
  const factLines = facts.flatMap(([name, value]) => {
    const [first = '', ...rest] = listed(value);
    const indent = ' '.repeat(name.length + 2);
    return [`${name}: ${first}`, ...rest.map((line) => `${indent}${line}`)];
  });
  const blocks = [
    oneLine(heading),
    ...lines.map(oneLine),
    factLines.join('\n'),
    link === null ? '' : `${link.text}: ${link.url}`,
    `-- \n${oneLine(footer)}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};

const html = (text: string): string => escapeHtml(oneLine(text));

/** `dir="auto"`: a name written from right to left must not turn its surroundings around. */
const factRow = ([name, value]: Letter['facts'][number]): string =>
  `<tr><td style="padding:4px 16px 4px 0;color:#667085;vertical-align:top;white-space:nowrap">${html(name)}</td>` +
  `<td dir="auto" style="padding:4px 0;word-break:break-word">${listed(value).map(escapeHtml).join('<br>')}</td></tr>`;

const htmlOf = ({ heading, lines, facts, link, footer, tone }: Letter): string => {
  const colour = colours[tone];
  const paragraphs = lines.map((line) => `<p dir="auto" style="margin:0 0 16px">${html(line)}</p>`).join('');
  const table =
    facts.length === 0
      ? ''
      : `<table role="presentation" style="margin:0 0 24px">${facts.map(factRow).join('')}</table>`;
  const button =
    link === null
      ? ''
      : `<p style="margin:0 0 8px"><a href="${escapeHtml(link.url)}" style="display:inline-block;padding:10px 16px;` +
        `border-radius:6px;background:${colour};color:#fff;text-decoration:none">${html(link.text)}</a></p>` +
        `<p style="margin:0 0 24px;font-size:12px;color:#667085;word-break:break-all">${escapeHtml(link.url)}</p>`;
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    `<meta name="color-scheme" content="light"></head><body style="margin:0;padding:24px;background:#f9fafb;${font};` +
    'font-size:15px;line-height:1.5;color:#101828"><div style="max-width:600px;margin:0 auto;padding:24px;' +
    `background:#fff;border:1px solid #eaecf0;border-top:4px solid ${colour};border-radius:8px">` +
    `<h1 dir="auto" style="margin:0 0 16px;font-size:20px;word-break:break-word">${html(heading)}</h1>${paragraphs}${table}${button}` +
    `<p style="margin:0;font-size:12px;color:#667085">${html(footer)}</p></div></body></html>`
  );
};

/** The two bodies of a mail. What users typed is one line each, and escaped in the HTML. */
export const renderLetter = (letter: Letter): Readonly<{ text: string; html: string }> => ({
  text: textOf(letter),
  html: htmlOf(letter),
});
