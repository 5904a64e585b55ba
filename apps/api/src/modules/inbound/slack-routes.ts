import { idPattern } from '@farwatch/contracts';
import { cut, oneLine, readSlackInteraction, verifySlackSignature } from '@farwatch/notifiers';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound, problem } from '../../plugins/problems.ts';
import { openBudget } from '../channels/mail-budget.ts';
import { storedTargetOf } from '../channels/seal-old.ts';
import { acknowledgeAll, acknowledgeSentence } from '../links/acknowledge.ts';
import { findTold } from '../links/store.ts';
import { formOf } from './form-body.ts';
import { badSignature, type InboundDeps, signedRoute } from './inbound-deps.ts';
import { findAnyChannel } from './store.ts';

type ToSlack = FastifyRequest<{ Params: { channelId: string } }>;

const id = new RegExp(idPattern, 'u');
/** Slack shows an error after three seconds. */
const answerMs = 2_000;
const busy = 'Farwatch is at it.';
/** The app that signs may be in wrong hands; people click less. */
const perChannel = { count: 60, withinMs: 60_000 } as const;
const unknownMessage = 'This message is too old, or its channel is gone.';

const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** The secret of the Slack app that a channel's bot is part of; null: nobody can call for this channel. */
const signingSecretOf = async ({ db, keyring }: InboundDeps, channelId: string): Promise<string | null> => {
  const row = id.test(channelId) ? await findAnyChannel(db.sql, channelId) : null;
  const target = row?.kind === 'slack' ? storedTargetOf(keyring, row) : null;
  return target?.kind === 'slack' && target.mode === 'bot' ? target.signingSecret : null;
};

const acknowledge = async (deps: InboundDeps, deliveryId: string, channelId: string, name: string): Promise<string> => {
  const told = id.test(deliveryId) ? await findTold(deps.db.sql, deliveryId) : null;
  if (told === null || told.channelId !== channelId) return unknownMessage;
  return acknowledgeSentence(await acknowledgeAll(deps.acknowledge, told, { accountId: null, name, via: 'slack' }));
};

/** What is known in time. The work goes on; what it came to is told in the channel anyway. */
const inTime = async ({ log }: InboundDeps, work: Promise<string>): Promise<string> => {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve(busy), answerMs);
  work.catch((err: unknown) => log.warn({ err }, 'a click in Slack could not be carried out'));
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** A click while another on the same message is carried out would only wait for its locks, with a connection in hand. */
const oneAtATime = () => {
  const running = new Set<string>();
  return async (deliveryId: string, work: () => Promise<string>): Promise<string> => {
    if (running.has(deliveryId)) return busy;
    running.add(deliveryId);
    return work().finally(() => running.delete(deliveryId));
  };
};

const tooManyClicks = (waitMs: number) =>
  problem(429, 'too-many-clicks', 'Too many clicks of this channel. Try again later.', undefined, {
    'retry-after': String(Math.ceil(waitMs / 1_000)),
  });

/** Slack's buttons. The signature is that of the channel's own app, so one app can't speak for another's channel. */
export const slackRoutes = (app: FastifyInstance, deps: InboundDeps): void => {
  const calls = openBudget(perChannel);
  const alone = oneAtATime();
  app.post('/v1/inbound/slack/:channelId', signedRoute, async (request: ToSlack, reply) => {
    const { channelId } = request.params;
    const { raw } = formOf(request);
    const signingSecret = await signingSecretOf(deps, channelId);
    const signed =
      signingSecret !== null &&
      verifySlackSignature({
        signingSecret,
        timestamp: headerOf(request, 'x-slack-request-timestamp'),
        signature: headerOf(request, 'x-slack-signature'),
        rawBody: raw,
        now: Date.now(),
      });
    if (!signed) {
      await app.refuseUsedUpAddress(request, reply); // not before: the addresses Slack calls from are everybody's
      await app.countRequest(request, reply);
      throw signingSecret === null ? notFound('channel') : badSignature();
    }
    const waitMs = calls.waitMs(channelId, Date.now());
    if (waitMs > 0) throw tooManyClicks(waitMs);
    calls.take(channelId, Date.now());
    const click = readSlackInteraction(raw);
    if (click === null) return reply.code(200).send();
    const name = cut(oneLine(click.userName), 100) || 'somebody in Slack';
    const text = await inTime(
      deps,
      alone(click.deliveryId, () => acknowledge(deps, click.deliveryId, channelId, name)),
    );
    return { response_type: 'ephemeral', replace_original: false, text };
  });
};
