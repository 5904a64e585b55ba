import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { sendProblem } from './errors.ts';
import { problem } from './problems.ts';

const year = 'public, max-age=31536000, immutable';

/** A page of the dashboard, not a file, not the API: the single page application finds its way by itself. */
const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/v1(?:\/|\?|$)/u.test(url) &&
  (headers.accept ?? '').includes('text/html');

/** Pages with a token in their path: nobody else hears of it, and no search engine lists it. */
const tokenPage = /^\/+[ls]\//u;

type Known = Readonly<{ methods: Set<string>; pattern: RegExp }>;

/** Which methods a path knows, to tell 405 from 404. */
const methodsByPath = (app: FastifyInstance) => {
  const known = new Map<string, Known>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const pattern = new RegExp(`^${url.replace(/[.+?^$()|[\]\\]/gu, '\\$&').replace(/:[^/]+/gu, '[^/]+')}$`, 'u');
    const entry = known.get(url) ?? { methods: new Set<string>(), pattern };
    for (const one of [method].flat()) entry.methods.add(one);
    known.set(url, entry);
  });
  return (url: string): readonly string[] => {
    const path = url.split('?', 1)[0] ?? url;
    return [...known.values()].flatMap(({ methods, pattern }) => (pattern.test(path) ? [...methods] : []));
  };
};

const refuse = (request: FastifyRequest, reply: FastifyReply, methods: readonly string[]): FastifyReply =>
  methods.length === 0 || methods.includes(request.method)
    ? sendProblem(request, reply, problem(404, 'not-found', 'There is nothing at this path.'))
    : sendProblem(
        request,
        reply,
        problem(405, 'method-not-allowed', `This path knows ${methods.join(', ')}.`, undefined, {
          allow: methods.join(', '),
        }),
      );

/** The dashboard's files from `dir`, its pages for every other path, and a problem for everything else. */
export const web = fp(async (app: FastifyInstance, { dir }: Readonly<{ dir: string }>) => {
  const methodsOf = methodsByPath(app);
  const root = resolve(dir);
  const built = existsSync(resolve(root, 'index.html'));
  if (built)
    await app.register(fastifyStatic, {
      root,
      index: ['index.html'],
      preCompressed: true,
      cacheControl: false,
      allowedPath: (path) => !path.startsWith('/v1/'),
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.startsWith(resolve(root, 'assets')) ? year : 'no-cache');
      },
    });
  else app.log.warn({ dir: root }, 'the dashboard is not built: FARWATCH_WEB_DIR has no index.html');
  app.setNotFoundHandler(async (request, reply) => {
    if (built && wantsPage(request)) {
      if (tokenPage.test(request.url)) reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex');
      return reply.sendFile('index.html');
    }
    return refuse(request, reply, methodsOf(request.url));
  });
});
