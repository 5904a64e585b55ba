import type { Answer } from '../../case.ts';
import type { Facts } from '../../rules/rule.ts';
import type { StackHelp } from '../help.ts';
import { containers, kubernetes } from './clusters.ts';
import { phpFpm, wordpress } from './php.ts';
import { node, python } from './programs.ts';

type Sign = Readonly<{
  stack: StackHelp;
  /** Products that are known to stand on it. */
  products: readonly string[];
  /** `Name: value` of a header. */
  header: RegExp;
  body: RegExp | null;
  upstream: RegExp | null;
}>;

/** The more particular first. Cookie names are those that the frameworks set unless told otherwise, by their documentation. */
const signs: readonly Sign[] = [
  {
    stack: wordpress,
    products: ['wordpress', 'wordfence'],
    header: /^(?:set-cookie: (?:wordpress_|wp-)|x-pingback:|x-redirect-by: wordpress|link: [^\n]{0,300}\/wp-json\/)/imu,
    body: /\/wp-(?:content|includes)\/|there has been a critical error on (?:this|your) website|error establishing a database connection|wp_die|briefly unavailable for scheduled maintenance/iu,
    upstream: null,
  },
  {
    stack: phpFpm,
    products: ['php', 'laravel'],
    header: /^(?:x-powered-by: php|set-cookie: (?:PHPSESSID|laravel_session|symfony)=)/imu,
    body: /^(?:<br \/>\s{0,4}<b>|PHP )?(?:Fatal|Parse) error(?:<\/b>)?:|Allowed memory size of \d{1,12} bytes exhausted/imu,
    upstream: /^unix:[^\n]{0,200}(?:php|fpm)|:9000$|^fastcgi:/iu,
  },
  {
    stack: kubernetes,
    products: ['ingress-default', 'openshift', 'istio'],
    header: /^(?:server: istio-envoy|x-kubernetes-)/imu,
    body: /^default backend - 404/iu,
    upstream: /\.svc(?:\.cluster\.local)?(?::\d{1,5})?$/iu,
  },
  {
    stack: node,
    products: ['express', 'next'],
    header: /^(?:x-powered-by: (?:express|next\.js|nuxt)|set-cookie: connect\.sid=|server: deno)/imu,
    body: /\bat (?:[\w$.<>]{1,80} )?\(?(?:node:|file:\/\/\/|\/)[^\s()]{1,200}:\d{1,6}:\d{1,6}|\/_next\/static\//u,
    upstream: /^(?:127\.0\.0\.1|localhost|\[::1\]):3\d{3}$/iu,
  },
  {
    stack: python,
    products: ['gunicorn', 'uwsgi', 'django', 'werkzeug'],
    header:
      /^(?:server: (?:gunicorn|uvicorn|werkzeug|wsgiserver|daphne|hypercorn|waitress)|set-cookie: (?:csrftoken|sessionid)=)/imu,
    body: /Traceback \(most recent call last\):|<title>Server Error \(500\)<\/title>/u,
    upstream: /^unix:[^\n]{0,200}(?:gunicorn|uwsgi|wsgi)|^(?:127\.0\.0\.1|localhost|\[::1\]):8000$/iu,
  },
  {
    stack: containers,
    products: [],
    header: /^x-powered-by: docker/imu,
    body: null,
    upstream: /^(?:172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|(?!localhost:)[a-z][a-z0-9_-]{0,62}):\d{1,5}$/iu,
  },
];

const linesOf = ({ headers }: Pick<Answer, 'headers'>): string =>
  headers.map(([name, value]) => `${name}: ${value}`).join('\n');
const mostBody = 65_536;

const upstreamsOf = ({ seen: { log } }: Facts): readonly string[] =>
  (log?.counts ?? []).flatMap(({ upstream }) => (upstream === null ? [] : [upstream]));

/** What the application runs on, as far as anything says so; null = not known. Also by the origin's own answer. */
export const stackOf = (facts: Facts): StackHelp | null => {
  const { answer, twin } = facts.seen.look;
  const { wroteBy, chain } = facts.speaker;
  const known = new Set([wroteBy.product, ...chain.map(({ product }) => product)]);
  const headers = [...(answer === null ? [] : [linesOf(answer)]), ...(twin == null ? [] : [linesOf(twin)])].join('\n');
  const body = answer?.body.slice(0, mostBody) ?? '';
  const upstreams = upstreamsOf(facts);
  const found = signs.find(
    (sign) =>
      sign.products.some((product) => known.has(product)) ||
      sign.header.test(headers) ||
      (sign.body?.test(body) ?? false) ||
      upstreams.some((upstream) => sign.upstream?.test(upstream) ?? false),
  );
  if (found !== undefined) return found.stack;
  return facts.seen.log?.formats.includes('php-fpm') === true ? phpFpm : null;
};
