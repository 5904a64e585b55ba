import { startSlackStandIn } from '@farwatch/testkit';
import { rules } from './chat-message.fixture.ts';
import type { Behaviour, Channel } from './every-channel.fixture.ts';
import { slackNotifier } from './slack.ts';

const answers: Readonly<Record<Behaviour, Parameters<typeof startSlackStandIn>[0]>> = {
  accepts: () => undefined,
  refuses: ({ api }) =>
    api === 'webhook'
      ? { status: 404, body: 'no such hook' }
      : {
          status: 200,
          body: '{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["no such hook"]}}',
        },
  'is busy': () => ({ status: 429, headers: { 'retry-after': '7' }, body: 'slow down' }),
  'is broken': () => ({ status: 503, body: 'out of order' }),
  'says nothing': () => 'silence',
};

const start: Channel['start'] = async (behaviour) => {
  const slack = await startSlackStandIn(answers[behaviour]);
  const url = slack.apiUrl.replace('/api/', '');
  return { url, heard: () => slack.calls.length, [Symbol.asyncDispose]: slack[Symbol.asyncDispose] };
};

const token = 'xoxb-1234567890-1234567890-QqWwEeRrTtYyUuIi';

export const slackBot: Channel = {
  start,
  send: (url, message, signal) =>
    slackNotifier({ apiUrl: `${url}/api/`, rules })(message, { mode: 'bot', token, channel: 'C1' }, signal),
};

export const slackWebhook: Channel = {
  start,
  send: (url, message, signal) => {
    const hook = `${url}/services/T00000000/B00000000/QqWwEeRrTtYyUuIiOoPpAaSs`;
    return slackNotifier({ apiUrl: `${url}/api/`, rules })(message, { mode: 'webhook', url: hook }, signal);
  },
};
