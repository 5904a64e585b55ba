import { getHandOver, type HandOverView } from '@farwatch/contracts';
import {
  type HandOver,
  type HandOverFacts,
  handOver,
  handOverPage,
  handOverStyleHash,
  handOverText,
} from '@farwatch/diagnosis';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { spanView } from '../incidents/view.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { bareLook, failingOf, findAsked, looksOf, readLook } from './incident-looks.ts';
import { eachKindOnce } from './pick-look.ts';
import { ownIncident } from './routes.ts';

type HandOverDeps = Pick<ModuleDeps, 'db' | 'incidents' | 'diagnoses' | 'results'>;

/** Looks that are read in full: their request ids and addresses are told, and some of them whole. */
const mostLooks = 20;

const noBounds = { lastGoodAt: null, firstBadAt: null, lastBadAt: null, firstGoodAt: null };

/** All that is known of an incident, for whoever runs the server. */
const gather = async (
  { db: { sql }, incidents, diagnoses, results }: HandOverDeps,
  incidentId: string,
  madeAt: number,
): Promise<HandOverFacts | null> => {
  const incident = await findAsked(sql, incidentId);
  if (incident === null) return null;
  const failing = await failingOf(sql, incident, await looksOf({ results }, sql, incident));
  const looks = [];
  for (const look of eachKindOnce(failing).slice(0, mostLooks)) looks.push(await readLook(sql, incident, look));
  const spans = (await incidents.spans(sql, incident)).map((span) => spanView(span, incident));
  const { id, monitorName, url, startedAt, resolvedAt, bounds } = incident;
  return {
    ...{ incidentId: id, monitorName, url: looks[0]?.url ?? url, madeAt },
    ...{ startedAt: startedAt.getTime(), resolvedAt: resolvedAt?.getTime() ?? null, bounds: bounds?.all ?? noBounds },
    spans: spans.map((span) => ({
      ...{ region: span.region, code: span.code },
      startedAt: Date.parse(span.startedAt),
      lastSeenAt: Date.parse(span.lastSeenAt),
      endedAt: span.endedAt === null ? null : Date.parse(span.endedAt),
    })),
    looks: looks.length === 0 ? [bareLook(incident)] : looks,
    diagnosis: (await diagnoses.find(sql, id, null))?.diagnosis ?? null,
  };
};

type Form = 'json' | 'text' | 'page';
const forms: readonly (readonly [type: string, form: Form])[] = [
  ['application/json', 'json'],
  ['text/plain', 'text'],
  ['text/html', 'page'],
];

/** What the caller's Accept names first; a browser that follows a link names HTML. Throws 406. */
const formOf = ({ headers }: FastifyRequest): Form => {
  const ranges = (headers.accept ?? '*/*').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '');
  for (const range of ranges) {
    const found = forms.find(([type]) => range === type || range === '*/*' || range === `${type.split('/')[0]}/*`);
    if (found !== undefined) return found[1];
  }
  throw problem(406, 'not-acceptable', `This comes as ${forms.map(([type]) => type).join(', ')}.`);
};

/** Nothing is loaded and nothing runs, whatever a site's answer holds; the page's own style is known by its hash. */
const pagePolicy = `default-src 'none'; style-src '${handOverStyleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const send = (reply: FastifyReply, pack: HandOver, form: Exclude<Form, 'json'>): FastifyReply => {
  const name = `outage-${pack.incidentId}`;
  reply.serializer(String);
  if (form === 'text')
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `inline; filename="${name}.txt"`)
      .send(handOverText(pack));
  return reply.type('text/html; charset=utf-8').header('content-security-policy', pagePolicy).send(handOverPage(pack));
};

/** The same shape: the contract’s types only lack `readonly`, and a test reads it by the contract’s schema. */
const viewOf = (pack: HandOver): HandOverView => pack as unknown as HandOverView; // see above

/** What goes to a hosting provider: the same facts as JSON, as text for a ticket, and as a page to print. */
export const handOverRoutes: FastifyPluginAsync<HandOverDeps & Pick<ModuleDeps, 'incidents'>> = async (app, deps) => {
  app.route(
    route(getHandOver, async (request, reply) => {
      const { id } = await ownIncident(deps, request);
      const form = request.query.format ?? formOf(request);
      const facts = await gather(deps, id, Date.now());
      if (facts === null) throw notFound('incident');
      const pack = handOver(facts);
      reply.header('vary', 'accept');
      return form === 'json' ? viewOf(pack) : send(reply, pack, form);
    }),
  );
};
