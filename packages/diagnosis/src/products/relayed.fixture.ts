import type { Answer } from '../case.ts';

type Header = readonly [name: string, value: string];
const isOneOf = (name: string, names: readonly string[]): boolean => names.includes(name.toLowerCase());
const without = ({ headers }: Answer, names: readonly string[]): readonly Header[] =>
  headers.filter(([name]) => !isOneOf(name, [...names, 'connection', 'keep-alive', 'transfer-encoding']));
const only = ({ headers }: Answer, names: readonly string[]): readonly Header[] =>
  headers.filter(([name]) => isOneOf(name, names));
const date: Header = ['Date', 'Sat, 28 Nov 2026 04:57:14 GMT'];
const close: Header = ['Connection', 'close'];
const byName = (a: Header, b: Header): number => a[0].toLowerCase().localeCompare(b[0].toLowerCase());

/** What each gateway makes of an answer that it only passes on; measured on Debian's packages, 107 answers each. */
export const relays: Readonly<Record<string, (answer: Answer) => Answer>> = {
  nginx: (answer) => ({
    ...answer,
    headers: [
      ...[['Server', 'nginx'] as const, date, ...only(answer, ['content-type', 'content-length'])],
      ...[
        ['Connection', 'keep-alive'] as const,
        ...without(answer, ['server', 'date', 'content-type', 'content-length']),
      ],
    ],
  }),
  apache: (answer) => {
    const kept = without(answer, []);
    const own: Header = ['Server', 'Apache/2.4.71 (Debian)'];
    return {
      ...answer,
      headers: [...(kept.some(([name]) => isOneOf(name, ['server'])) ? [] : [date, own]), ...kept, close],
    };
  },
  haproxy: (answer) => ({
    ...answer,
    headers: without(answer, []).map(([name, value]) => [name.toLowerCase(), value]),
  }),
  varnish: (answer) => ({
    ...answer,
    headers: [
      ...([...without(answer, []), ['X-Varnish', '65550'], ['Age', '0']] as const),
      ...([['Via', '1.1 varnish (Varnish/7.1)'], close] as const),
    ],
  }),
  squid: (answer) => ({
    ...answer,
    headers: [
      ...without(answer, []),
      ...([
        ['X-Cache', 'MISS from lab'],
        ['X-Cache-Lookup', 'MISS from lab:42140'],
        ['Via', '1.1 lab (squid/5.7)'],
      ] as const),
      close,
    ],
  }),
  caddy: (answer) => {
    const kept = without(answer, []);
    const before = kept.filter(([name]) => byName([name, ''], ['Server', '']) < 0);
    const after = kept.filter(([name]) => byName([name, ''], ['Server', '']) >= 0);
    return {
      ...{ ...answer, reason: 'Whatever Go calls it' },
      headers: [...before.toSorted(byName), ['Server', 'Caddy'], ...after.toSorted(byName), close],
    };
  },
  lighttpd: (answer) => {
    const kept = without(answer, []);
    const own: Header = ['Server', 'lighttpd/1.4.69'];
    return { ...answer, headers: [...kept, ...(kept.some(([name]) => isOneOf(name, ['server'])) ? [] : [date, own])] };
  },
  h2o: (answer) => ({
    ...answer,
    headers: [
      ...[date, close, ...only(answer, ['content-length']), ['Server', 'h2o/2.2.5'] as const],
      ...without(answer, ['date', 'server', 'content-length']),
    ],
  }),
  nghttpx: (answer) => ({
    ...answer,
    headers: [...without(answer, ['server']), close, ['Server', 'nghttpx'], ['Via', '1.1 nghttpx']],
  }),
};

/** The same over HTTP/2: no reason phrase, names in lower case. */
export const overHttp2 = (answer: Answer): Answer => ({
  ...answer,
  ...{ reason: null, httpVersion: '2' },
  headers: without(answer, []).map(([name, value]) => [name.toLowerCase(), value]),
});
