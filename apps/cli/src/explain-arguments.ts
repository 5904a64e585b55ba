import { parseArgs } from 'node:util';

export type ExplainArguments = Readonly<{
  /** `-` = standard input. */
  files: readonly string[];
  json: boolean;
  url: string | null;
}>;

export const usage = `farwatch explain [--json] [--url URL] FILE…
Says what an error page or log lines tell of an outage: who wrote the answer, who broke and why, what to do first. A file (or
- for standard input) holds an answer as curl -i, curl -v, wget -S, HTTPie or a browser show it, a page without its headers,
one line such as “502 Bad Gateway”, the document of farwatch check --json, or lines of the error log of nginx, Apache httpd, HAProxy, PHP-FPM or Caddy (or of the kernel that killed something), or both
together. Several files are read as one case: an answer and the logs of its time. --json prints one JSON document: page,
log and diagnosis. Ends with 0 when there was something to explain, with 2 when a file can't be read or says nothing.`;

/** Reads the command line; `help` when that is what is asked for. Throws what is wrong with it in words. */
export const parseExplain = (args: readonly string[]): ExplainArguments | 'help' => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  if (positionals.length === 0) throw new Error(`which file?\n${usage}`);
  if (positionals.filter((file) => file === '-').length > 1) throw new Error('standard input can be read only once');
  const url = values.url === undefined ? null : URL.parse(values.url);
  if (values.url !== undefined && (url === null || !/^https?:$/u.test(url.protocol)))
    throw new Error('--url begins with http:// or https://');
  return { files: positionals, json: values.json, url: url === null ? null : `${url.origin}${url.pathname}` };
};
