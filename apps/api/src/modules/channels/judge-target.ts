import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { addressAllowed, type DialRules } from '@farwatch/checker';
import type { ChannelTarget } from '@farwatch/contracts';
import { checkHeaders, checkTemplate, isDiscordWebhookUrl } from '@farwatch/notifiers';
import { invalidField } from '../../plugins/problems.ts';
import { judgeUrl } from '../monitors/judge-url.ts';
import { judgePhone } from './judge-phone.ts';
import type { StoredTarget, TargetOf } from './stored-target.ts';

type Given<K extends ChannelTarget['kind']> = Extract<ChannelTarget, { kind: K }>;

/** Standard Webhooks' spelling of 24 random bytes. */
export const newSigningSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

const judgedUrl = (text: string, rules: DialRules, pointer: string): URL => {
  const judged = judgeUrl(text, rules, pointer);
  if (!judged.ok) throw invalidField(judged.fault.pointer, judged.fault.code, judged.fault.detail);
  return judged.url;
};

/** An address that is no part of the public internet and that the operator opened: a proxy of a provider may be there. */
const isOpened = ({ hostname }: URL, rules: DialRules): boolean => {
  const host = hostname.replace(/^\[(.*)\]$/u, '$1');
  return isIP(host) !== 0 && addressAllowed(host, rules) && !addressAllowed(host, { allowCidrs: [] });
};

/** A URL of a provider's own, which alone may hear what is meant for it. */
const providerUrl = (text: string, rules: DialRules, provider: string, isTheirs: (url: string) => boolean): string => {
  const pointer = '/target/webhookUrl';
  const url = judgedUrl(text, rules, pointer);
  if (!isOpened(url, rules) && !isTheirs(url.href))
    throw invalidField(pointer, 'not-a-webhook-url', `This is not the URL of an incoming webhook of ${provider}.`);
  return url.href;
};

/** Where incoming webhooks and the triggers of workflows are; the other host is that of Slack's GovSlack. */
const isSlackWebhookUrl = (url: string): boolean =>
  /^https:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[\w/-]+$/u.test(url);

/** The domain of an address knows no upper case; what is before it belongs to its host. */
const emailOf = ({ address }: Given<'email'>): StoredTarget => {
  const at = address.lastIndexOf('@');
  return { kind: 'email', address: `${address.slice(0, at)}@${address.slice(at + 1).toLowerCase()}` };
};

const botToken = /^xox[\w.-]{5,490}$/u;
const visible = /^[\x21-\x7e]+$/u;
const oneLined = /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u;
const judged = (value: string, form: RegExp, field: string, detail: string): string => {
  if (!form.test(value)) throw invalidField(`/target/${field}`, 'wrong-format', detail);
  return value;
};

/** Secrets are never shown, so a form can't send them back: what isn't given stays as it was. */
const slackBot = (given: Given<'slack'>, before: TargetOf<'slack'> | null): StoredTarget => {
  const old = before?.mode === 'bot' ? before : null;
  const token = given.token ?? old?.token;
  const channel = (given.channel ?? old?.channel)?.trim();
  if (token === undefined || channel === undefined)
    throw invalidField('/target', 'slack-incomplete', 'Slack needs a webhookUrl, or a token and a channel.');
  const signingSecret = given.signingSecret ?? old?.signingSecret ?? null;
  return {
    kind: 'slack',
    mode: 'bot',
    token: judged(token, botToken, 'token', 'A bot’s token begins with xoxb-.'),
    channel: judged(channel, oneLined, 'channel', 'A channel is a name like #ops or an id like C0123456789.'),
    signingSecret:
      signingSecret === null ? null : judged(signingSecret, visible, 'signingSecret', 'This is no signing secret.'),
  };
};

const slackOf = (given: Given<'slack'>, rules: DialRules, before: TargetOf<'slack'> | null): StoredTarget => {
  if (given.webhookUrl === undefined) return slackBot(given, before);
  if (given.token !== undefined || given.channel !== undefined || given.signingSecret !== undefined)
    throw invalidField('/target', 'slack-ambiguous', 'Give a webhookUrl, or a token and a channel, not both.');
  const url = providerUrl(given.webhookUrl, rules, 'Slack', isSlackWebhookUrl);
  return { kind: 'slack', mode: 'webhook', url };
};

/**
 * Tries the template that is given, if any; throws 400 with the field. It runs for a while, so it is judged apart from
 * the rest and before a transaction holds anything: `judgeTarget` relies on that.
 */
export const judgeTemplate = async (given: ChannelTarget | undefined): Promise<void> => {
  if (given?.kind !== 'webhook' || given.template === undefined || given.template === null) return;
  const fault = await checkTemplate(given.template);
  if (fault !== null) throw invalidField('/target/template', 'template-invalid', fault);
};

const headersOf = (given: Readonly<Record<string, string>>): Record<string, string> => {
  const fault = checkHeaders(given);
  if (fault !== null) throw invalidField('/target/headers', 'header-invalid', `${fault}.`);
  return { ...given };
};

/** Headers often carry a password: they don't go along to another host unless they are given again. */
const webhookOf = (given: Given<'webhook'>, rules: DialRules, before: TargetOf<'webhook'> | null): StoredTarget => {
  const url = judgedUrl(given.url, rules, '/target/url');
  const sameHost = before !== null && URL.parse(before.url)?.origin === url.origin;
  return {
    kind: 'webhook',
    url: url.href,
    secrets: before?.secrets ?? [{ secret: newSigningSecret(), until: null }],
    headers: headersOf(given.headers ?? (sameHost ? before.headers : {})),
    template: given.template === undefined ? (before?.template ?? null) : given.template,
  };
};

const same = <K extends StoredTarget['kind']>(before: StoredTarget | null, kind: K): TargetOf<K> | null =>
  before?.kind === kind ? (before as TargetOf<K>) : null; // its kind was asked

/**
 * Where a channel goes, judged and ready to be sealed; `before` is where it went so far. Whatever is dialled from our
 * side is held to the monitors' rules. Throws 400 with the field.
 */
export const judgeTarget = (given: ChannelTarget, rules: DialRules, before: StoredTarget | null): StoredTarget => {
  switch (given.kind) {
    case 'email':
      return emailOf(given);
    case 'sms':
    case 'voice':
      return { kind: given.kind, to: judgePhone(given.phone) };
    case 'slack':
      return slackOf(given, rules, same(before, 'slack'));
    case 'discord':
      return { kind: 'discord', url: providerUrl(given.webhookUrl, rules, 'Discord', isDiscordWebhookUrl) };
    case 'telegram':
      return same(before, 'telegram') ?? { kind: 'telegram', chatId: null };
    case 'webhook':
      return webhookOf(given, rules, same(before, 'webhook'));
  }
};
