import type { DialRules } from '@farwatch/checker';
import {
  discordNotifier,
  emailNotifier,
  type Mailer,
  type Message,
  type Outcome,
  slackNotifier,
  smsNotifier,
  telegramNotifier,
  voiceNotifier,
  webhookNotifier,
} from '@farwatch/notifiers';
import type { Config } from '../../config.ts';
import type { StoredTarget, TargetOf } from '../channels/stored-target.ts';

export type NotifyDeps = Readonly<{
  config: Pick<Config, 'publicUrl' | 'twilio' | 'telegram' | 'slackApiUrl' | 'discordOrigins'>;
  mailer: Mailer;
  dialRules: DialRules;
}>;

/** Sends a message once to where it goes, by the adapter of its kind. */
export type Notify = (
  message: Message,
  target: StoredTarget,
  context: Readonly<{ organisationId: string; now: number; signal: AbortSignal }>,
) => Promise<Outcome>;

/** Nobody outside can call back where only this machine itself is reached. */
const callable = (publicUrl: string): boolean => !/^(?:localhost|127\.|\[::1\])/u.test(new URL(publicUrl).host);

const unavailable = (what: string): Outcome => ({
  kind: 'retry',
  reason: `${what} is not set up on this installation; its operator has to`,
  operator: true,
  holds: 'provider',
  afterMs: 300_000,
});

const phoneNotifiers = ({ config: { publicUrl, twilio }, dialRules: rules }: NotifyDeps) => {
  if (twilio === undefined) return null;
  const back = callable(publicUrl);
  const statusCallbackUrl = back ? `${publicUrl}/v1/inbound/twilio/status` : null;
  const gatherUrl = (deliveryId: string) => (back ? `${publicUrl}/v1/inbound/twilio/voice/${deliveryId}` : null);
  const common = { accountSid: twilio.accountSid, authToken: twilio.authToken, apiUrl: twilio.apiUrl, rules };
  return {
    sms: smsNotifier({ ...common, from: twilio.from, statusCallbackUrl }),
    voice:
      twilio.voiceFrom === undefined
        ? null
        : voiceNotifier({ ...common, from: twilio.voiceFrom, statusCallbackUrl, gatherUrl }),
  };
};

/** Both the new secret and one that was replaced a little while ago sign. */
const secretsOf = ({ secrets }: TargetOf<'webhook'>, now: number): readonly string[] =>
  secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret);

export const openNotify = (deps: NotifyDeps): Notify => {
  const { config, mailer, dialRules: rules } = deps;
  const email = emailNotifier(mailer);
  const phone = phoneNotifiers(deps);
  const slack = slackNotifier({ apiUrl: config.slackApiUrl, rules });
  const discord = discordNotifier({
    rules,
    ...(config.discordOrigins === undefined ? {} : { apiOrigins: config.discordOrigins }),
  });
  const telegram = config.telegram === undefined ? null : telegramNotifier({ ...config.telegram, rules });
  const webhook = webhookNotifier(rules);
  return async (message, target, { organisationId, now, signal }) => {
    switch (target.kind) {
      case 'email':
        return email(message, { address: target.address, organisationId }, signal);
      case 'sms':
        return phone === null ? unavailable('Twilio') : phone.sms(message, { to: target.to }, signal);
      case 'voice':
        return phone === null || phone.voice === null
          ? unavailable('A number to call from')
          : phone.voice(message, { to: target.to }, signal);
      case 'slack':
        return slack(message, target, signal);
      case 'discord':
        return discord(message, { url: target.url }, signal);
      case 'telegram':
        if (telegram === null) return unavailable('The Telegram bot');
        if (target.chatId === null) return { kind: 'rejected', reason: 'no chat is linked yet', broken: false };
        return telegram(message, { chatId: target.chatId }, signal);
      case 'webhook': {
        const { url, headers, template } = target;
        return webhook(message, { url, headers, template, secrets: secretsOf(target, now) }, signal);
      }
    }
  };
};
