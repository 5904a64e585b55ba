import type { AlertPlanner } from './alerts/planner.ts';

type Asked = {
  [K in keyof AlertPlanner]: readonly [what: K, asked: Parameters<AlertPlanner[K]>[1]];
}[keyof AlertPlanner];

/** For tests of whoever asks of alerting: a planner that writes nothing but down what it was asked. */
export const recordingPlanner = (
  answers: Readonly<{ due?: readonly string[]; resend?: Readonly<{ attempt: number }> | false | null }> = {},
) => {
  const asked: Asked[] = [];
  const planner: AlertPlanner = {
    planTest: async (_, test) => void asked.push(['planTest', test]),
    acknowledged: async (_, news) => {
      asked.push(['acknowledged', news]);
      return answers.due ?? [];
    },
    unacknowledged: async (_, news) => void asked.push(['unacknowledged', news]),
    snoozed: async (_, news) => void asked.push(['snoozed', news]),
    reconsider: async (_, news) => void asked.push(['reconsider', news]),
    channelUsable: async (_, channelId) => void asked.push(['channelUsable', channelId]),
    resend: async (_, which) => {
      asked.push(['resend', which]);
      return answers.resend ?? null;
    },
  };
  return { planner, asked };
};
