import { followLink, getLink } from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { follow, type LinkDeps, readToken, unsubscribeByOneClick, viewLink } from './follow.ts';

const maxFormBytes = 16_384;
type ByToken = { Params: { token: string } };

/** RFC 8058: the body says that a person pressed a button; either form's encoding is allowed, whole files are not. */
const oneClick = /(?:^|&)List-Unsubscribe=One-Click(?:&|$)|name="?List-Unsubscribe"?\r?\n\r?\nOne-Click\r?\n/iu;

/** A mail program's own button: no page, no session, no JSON. */
const oneClickRoutes: FastifyPluginAsync<LinkDeps> = async (app, deps) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'string', bodyLimit: maxFormBytes },
    async (_request: unknown, body: string) => body,
  );
  const options = { config: { access: 'public' }, schema: { hide: true } } as const;
  app.post<ByToken>('/v1/unsubscribe/:token', options, async ({ params, body }, reply) => {
    if (typeof body !== 'string' || !oneClick.test(body))
      throw problem(400, 'not-one-click', 'Post List-Unsubscribe=One-Click as a form.');
    await unsubscribeByOneClick(deps, params.token);
    return reply.type('text/plain; charset=utf-8').send('You will hear no more of this.\n');
  });
  app.get<ByToken>('/v1/unsubscribe/:token', options, async ({ params }, reply) => {
    readToken(deps, params.token); // so that nothing but our own token ends up in the address
    return reply.redirect(`${deps.config.publicUrl}/l/${params.token}`, 302);
  });
};

export const linkRoutes: FastifyPluginAsync<LinkDeps> = async (app, deps) => {
  app.route(route(getLink, ({ params }) => viewLink(deps, params.token)));
  app.route(route(followLink, ({ body }) => follow(deps, body.token)));
  await app.register(oneClickRoutes, deps);
};
