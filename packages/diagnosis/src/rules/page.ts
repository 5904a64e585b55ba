import type { Answer } from '../case.ts';
import { titleOf } from '../speaker/fits.ts';

/** A page as people read it. */
export type Page = Readonly<{
  title: string;
  /** What is written in it, without tags, scripts and styles; its first 4,000 characters. */
  text: string;
  /** Characters of text in all of what was kept. */
  length: number;
  isHtml: boolean;
}>;

const maxBody = 65_536;

/** Leaves out what stands between two words, such as a script. */
const without = (html: string, open: string, close: string): string => {
  const lower = html.toLowerCase();
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const begin = lower.indexOf(open, at);
    if (begin < 0) break;
    parts.push(html.slice(at, begin));
    const end = lower.indexOf(close, begin);
    if (end < 0) return parts.join(' ');
    at = end + close.length;
  }
  return [...parts, html.slice(at)].join(' ');
};

/** Tags out, in one pass: `<` without `>` is text. */
const textOf = (html: string): string => {
  const bare = without(without(without(html, '<script', '</script>'), '<style', '</style>'), '<!--', '-->');
  return bare
    .replaceAll(/<[^<>]{0,2000}>/gu, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
};

/** Reads the start of a body as text for people. */
export const pageOf = ({ body, headers }: Answer): Page => {
  const start = body.slice(0, maxBody);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const isHtml = /html/iu.test(type) || /^\s*(?:<!doctype|<html|<head|<body|<title)/iu.test(start.slice(0, 500));
  const text = isHtml ? textOf(start) : start.replaceAll(/\s+/gu, ' ').trim();
  return { title: isHtml ? (titleOf(start) ?? '') : '', text: text.slice(0, 4_000), length: text.length, isHtml };
};
