import { apacheLine } from './apache-line.ts';
import { caddyLine } from './caddy-line.ts';
import { haproxyLine } from './haproxy-line.ts';
import type { Line, LineReader } from './line.ts';
import { nginxLine } from './nginx-line.ts';
import { phpFpmLine } from './php-fpm-line.ts';
import type { LogFormat } from './reading.ts';
import { systemLine } from './system-line.ts';

const readers: Readonly<Record<LogFormat, LineReader>> = {
  nginx: nginxLine,
  apache: apacheLine,
  haproxy: haproxyLine,
  caddy: caddyLine,
  'php-fpm': phpFpmLine,
  system: systemLine,
};
const order = Object.keys(readers) as readonly LogFormat[]; // the keys of a literal

/** Reads a line by the format of the one before it first: a log is mostly of one. Null = nobody knows it. */
export const readLine = (text: string, last: LogFormat | null): Line | null => {
  const first = last === null ? null : readers[last](text);
  if (first !== null) return first;
  for (const format of order) {
    const line = format === last ? null : readers[format](text);
    if (line !== null) return line;
  }
  return null;
};
