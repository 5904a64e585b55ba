import { setTimeout as pause } from 'node:timers/promises';
import { idPattern } from '@farwatch/contracts';
import { gatherTwiml, messageTwiml, readSmsReply, readStatus, verifyTwilioSignature } from '@farwatch/notifiers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../plugins/problems.ts';
import { lookupOf } from '../channels/lookup.ts';
import { openBudget } from '../channels/mail-budget.ts';
import { startPhone, stopPhone } from '../channels/opt-out.ts';
import { acknowledgeAll, acknowledgeSentence } from '../links/acknowledge.ts';
import { readerOf } from '../links/follow.ts';
import { findTold } from '../links/store.ts';
import { acknowledgeTexted } from './acknowledge-texted.ts';
import { type Form, formOf } from './form-body.ts';
import { badSignature, type InboundDeps, signedRoute } from './inbound-deps.ts';
import type { Receipt } from './receipts.ts';
import { isKnownPhone } from './store.ts';

type ToVoice = FastifyRequest<{ Params: { deliveryId: string } }>;

const id = new RegExp(idPattern, 'u');
const phone = /^\+[1-9]\d{5,14}$/u;
const help = 'Farwatch: answer ACK to say that you have it, STOP to get no more messages.';
const gone = 'This news is gone. Look at Farwatch.';

const sendXml = (reply: FastifyReply, twiml: string): FastifyReply => reply.type('text/xml; charset=utf-8').send(twiml);

/** What Twilio sent, once it is known that it was Twilio: the signature covers our public URL and every field. */
const signedForm = async (
  app: FastifyInstance,
  { config }: InboundDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Form> => {
  if (config.twilio === undefined) throw notFound('thing');
  const form = formOf(request);
  const given = request.headers['x-twilio-signature'];
  const signature = typeof given === 'string' ? given : undefined;
  const { authToken } = config.twilio;
  const url = `${config.publicUrl}${request.url}`;
  if (verifyTwilioSignature({ authToken, signature, url, params: form.fields })) return form;
  await app.countRequest(request, reply);
  throw badSignature();
};

/** Each answer costs the operator a message: two machines that answer each other must come to an end. */
const answersPerPhone = { count: 20, withinMs: 3_600_000 } as const;

/** The answer to a text message; empty where Twilio answers by itself: it knows STOP and START, too. */
const answerText = async (deps: InboundDeps, form: Form): Promise<string> => {
  const { kind, from } = readSmsReply(form.fields);
  if (!phone.test(from)) return '';
  const lookup = lookupOf(deps.config.secret, 'sms', from);
  const isOurs = kind === 'stop' || kind === 'start' || (await isKnownPhone(deps.db.sql, lookup));
  if (!isOurs) return '';
  switch (kind) {
    case 'acknowledge':
      return acknowledgeTexted(deps, lookup);
    case 'stop':
      await deps.db.transaction((tx) => stopPhone(tx, lookup));
      return '';
    case 'start':
      await deps.db.transaction(async (tx) => {
        for (const channelId of await startPhone(tx, lookup)) await deps.alerts.channelUsable(tx, channelId);
      });
      return '';
    case 'help':
      return help;
    case 'other':
      return '';
  }
};

const pressed = async (deps: InboundDeps, deliveryId: string, digit: string): Promise<string> => {
  const told = id.test(deliveryId) ? await findTold(deps.db.sql, deliveryId) : null;
  if (told === null || told.kind !== 'voice') return gatherTwiml({ digit: '1', spoken: '', acknowledgedText: gone });
  const acknowledgedText =
    digit === '1' ? acknowledgeSentence(await acknowledgeAll(deps.acknowledge, told, readerOf(told, 'voice'))) : '';
  const spoken = digit === '2' ? ((await deps.spoken(deliveryId)) ?? gone) : '';
  return gatherTwiml({ digit, spoken, acknowledgedText });
};

/** Twilio may be faster than the worker that notes down what Twilio called the message; it tells only once. */
const notedMs = 1_000;
const settle = async ({ receipts }: InboundDeps, receipt: Receipt): Promise<void> => {
  if ((await receipts.settle(receipt)) === 'settled') return;
  await pause(notedMs);
  await receipts.settle(receipt);
};

/** Answers to text messages, keys pressed in calls, and what became of both. */
export const twilioRoutes = (app: FastifyInstance, deps: InboundDeps): void => {
  const answers = openBudget(answersPerPhone);
  /** The same, unless this phone was answered so often already: what it asked for is done all the same. */
  const boundedAnswer = async (form: Form): Promise<string> => {
    const text = await answerText(deps, form);
    const { from } = readSmsReply(form.fields);
    if (text === '' || answers.waitMs(from, Date.now()) > 0) return '';
    answers.take(from, Date.now());
    return text;
  };
  app.post('/v1/inbound/twilio/sms', signedRoute, async (request, reply) => {
    const form = await signedForm(app, deps, request, reply);
    return sendXml(reply, messageTwiml(await boundedAnswer(form)));
  });
  app.post('/v1/inbound/twilio/status', signedRoute, async (request, reply) => {
    const { sid, settled } = readStatus((await signedForm(app, deps, request, reply)).fields);
    if (sid !== '' && settled !== null) await settle(deps, { providerId: sid, settled });
    return reply.code(204).send();
  });
  app.post('/v1/inbound/twilio/voice/:deliveryId', signedRoute, async (request: ToVoice, reply) => {
    const { fields } = await signedForm(app, deps, request, reply);
    return sendXml(reply, await pressed(deps, request.params.deliveryId, fields.Digits ?? ''));
  });
};
