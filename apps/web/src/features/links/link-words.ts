import { t } from '@lingui/core/macro';
import type { LinkView } from './queries.ts';

type Words = Readonly<{ title: string; explains: string; button: string }>;

const names = ({ incidents }: LinkView): string => {
  const [first] = incidents;
  if (first === undefined) return t`Nothing is down any more`;
  const open = incidents.filter(({ status }) => status === 'open');
  if (open.length === 0) return incidents.length === 1 ? t`${first.monitorName} has cleared` : t`All have cleared`;
  if (incidents.length > 1) return t`${open.length} of ${incidents.length} incidents are open`;
  return t`${first.monitorName} is down`;
};

/** What a link is for, before anything is pressed. */
export const linkWords = (link: LinkView): Words => {
  const { purpose, channelName, organisationName } = link;
  switch (purpose) {
    case 'acknowledge':
      return {
        title: names(link),
        explains: t`Say that you have it: escalation stops, and everybody at ${organisationName} who was told hears who has it.`,
        button: t`I have it`,
      };
    case 'confirm':
      return {
        title: t`Alerts of ${organisationName}`,
        explains: t`${organisationName} would like to send alerts about its sites to ${channelName}. Nothing is sent unless you agree.`,
        button: t`Yes, send alerts here`,
      };
    case 'unsubscribe':
      return {
        title: t`No more alerts of ${organisationName}?`,
        explains: t`${channelName} gets no more messages from ${organisationName}, not even about what is down now.`,
        button: t`Stop these messages`,
      };
  }
};

/** What it came to, or had come to before. */
export const doneWords = ({ purpose, channelName, organisationName, acknowledgedBy }: LinkView): string => {
  switch (purpose) {
    case 'acknowledge':
      return acknowledgedBy === null ? t`This is over: nothing is left to be taken.` : t`${acknowledgedBy} has it.`;
    case 'confirm':
      return t`Alerts of ${organisationName} are sent to ${channelName}. Every message has a way to stop them.`;
    case 'unsubscribe':
      return t`${channelName} gets no more messages from ${organisationName}.`;
  }
};
