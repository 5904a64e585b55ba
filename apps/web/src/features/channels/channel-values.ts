import type { BodyOf, ChannelKind, ChannelTarget, ChannelView, createChannel, QuietHours } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';

/** A channel as its form holds it. Names are the contract's, so that what the server says about a field finds it. */
export type ChannelValues = Readonly<{
  name: string;
  accountId: string | null;
  quietHours: QuietHours | null;
  address: string;
  phone: string;
  slackBy: 'bot' | 'webhook';
  token: string;
  channel: string;
  signingSecret: string;
  webhookUrl: string;
  url: string;
  headers: readonly Readonly<{ name: string; value: string }>[];
  template: string;
}>;

export const freshChannel: ChannelValues = {
  name: '',
  accountId: null,
  quietHours: null,
  address: '',
  phone: '',
  slackBy: 'bot',
  token: '',
  channel: '',
  signingSecret: '',
  webhookUrl: '',
  url: '',
  headers: [],
  template: '',
};

/** Secrets are never shown, so where it goes begins empty; what can be shown is there. */
export const valuesOfChannel = (view: ChannelView): ChannelValues => ({
  ...freshChannel,
  name: view.name,
  accountId: view.accountId,
  quietHours: view.quietHours,
  slackBy: view.kind === 'slack' && view.interactionUrl === null ? 'webhook' : 'bot',
  template: view.template ?? '',
});

const given = <K extends string>(name: K, text: string): Partial<Record<K, string>> =>
  text.trim() === '' ? {} : ({ [name]: text.trim() } as Record<K, string>); // one name, one text

const slackTarget = (values: ChannelValues): ChannelTarget =>
  values.slackBy === 'webhook'
    ? { kind: 'slack', ...given('webhookUrl', values.webhookUrl) }
    : {
        kind: 'slack',
        ...given('token', values.token),
        ...given('channel', values.channel),
        ...given('signingSecret', values.signingSecret),
      };

const webhookTarget = ({ url, headers, template }: ChannelValues, before: ChannelView | null): ChannelTarget => {
  const named = headers.filter(({ name }) => name.trim() !== '');
  const had = before !== null && before.template !== null;
  return {
    kind: 'webhook',
    url: url.trim(),
    ...(named.length === 0
      ? {}
      : { headers: Object.fromEntries(named.map(({ name, value }) => [name.trim(), value.trim()])) }),
    ...(template.trim() === '' ? (had ? { template: null } : {}) : { template }),
  };
};

/** What the form says about where it goes. `before` is the channel that is being pointed elsewhere. */
export const targetOf = (
  kind: ChannelKind,
  values: ChannelValues,
  before: ChannelView | null = null,
): ChannelTarget => {
  switch (kind) {
    case 'email':
      return { kind, address: values.address.trim() };
    case 'sms':
    case 'voice':
      return { kind, phone: values.phone.trim() };
    case 'slack':
      return slackTarget(values);
    case 'discord':
      return { kind, webhookUrl: values.webhookUrl.trim() };
    case 'telegram':
      return { kind };
    case 'webhook':
      return webhookTarget(values, before);
  }
};

export const newChannelBody = (kind: ChannelKind, values: ChannelValues): BodyOf<typeof createChannel> => ({
  target: targetOf(kind, values),
  ...given('name', values.name),
  ...(values.accountId === null ? {} : { accountId: values.accountId }),
  ...(values.quietHours === null ? {} : { quietHours: values.quietHours }),
});

type Faults = Readonly<Record<string, string>>;
const isAddress = (text: string): boolean => /^[^\s@]+@([^\s@]+\.[^\s@]+|localhost)$/u.test(text.trim());
const isPhone = (text: string): boolean => /^\+[1-9][0-9 ()-]{5,30}$/u.test(text.trim());
const isUrl = (text: string): boolean => /^https?:$/u.test(URL.parse(text.trim())?.protocol ?? '');
const fault = (field: string, good: boolean, text: string): Faults => (good ? {} : { [field]: text });

const slackFaults = ({ slackBy, webhookUrl, token, channel }: ChannelValues, edited: boolean): Faults =>
  slackBy === 'webhook'
    ? fault('webhookUrl', isUrl(webhookUrl), t`Enter the URL that Slack shows for the webhook.`)
    : {
        ...fault('token', edited || token.trim() !== '', t`Enter the bot’s token. It begins with xoxb-.`),
        ...fault('channel', edited || channel.trim() !== '', t`Enter the channel, like #ops.`),
      };

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/u;

/** The same rules as the contract's, said before anything is sent. `edited`: what is left empty stays as it is. */
export const targetFaults = (kind: ChannelKind, values: ChannelValues, edited: boolean): Faults => {
  switch (kind) {
    case 'email':
      return fault('address', isAddress(values.address), t`This is not an e-mail address.`);
    case 'sms':
    case 'voice':
      return fault('phone', isPhone(values.phone), t`Enter the number with its country code, like +49 151 12345678.`);
    case 'slack':
      return slackFaults(values, edited);
    case 'discord':
      return fault('webhookUrl', isUrl(values.webhookUrl), t`Enter the URL that Discord shows for the webhook.`);
    case 'telegram':
      return {};
    case 'webhook':
      return {
        ...fault('url', isUrl(values.url), t`Enter an http:// or https:// URL.`),
        ...fault(
          'headers',
          values.headers.every(({ name, value }) =>
            name.trim() === '' ? value.trim() === '' : headerName.test(name.trim()),
          ),
          t`A header needs a name, without spaces.`,
        ),
      };
  }
};
