import type { LinkView } from './queries.ts';

type Words = Readonly<{ title: string; explains: string; button: string }>;

const names = ({ incidents }: LinkView): string => {
  const [first] = incidents;
  if (first === undefined) return 'Nothing is down any more';
  const open = incidents.filter(({ status }) => status === 'open');
  if (open.length === 0) return incidents.length === 1 ? `${first.monitorName} has cleared` : 'All have cleared';
  if (incidents.length > 1) return `${open.length} of ${incidents.length} incidents are open`;
  return `${first.monitorName} is down`;
};

/** What a link is for, before anything is pressed. */
export const linkWords = (link: LinkView): Words => {
  const { purpose, channelName, organisationName } = link;
  switch (purpose) {
    case 'acknowledge':
      return {
        title: names(link),
        explains: `Say that you have it: escalation stops, and everybody at ${organisationName} who was told hears who has it.`,
        button: 'I have it',
      };
    case 'confirm':
      return {
        title: `Alerts of ${organisationName}`,
        explains: `${organisationName} would like to send alerts about its sites to ${channelName}. Nothing is sent unless you agree.`,
        button: 'Yes, send alerts here',
      };
    case 'unsubscribe':
      return {
        title: `No more alerts of ${organisationName}?`,
        explains: `${channelName} gets no more messages from ${organisationName}, not even about what is down now.`,
        button: 'Stop these messages',
      };
  }
};

/** What it came to, or had come to before. */
export const doneWords = ({ purpose, channelName, organisationName, acknowledgedBy }: LinkView): string => {
  switch (purpose) {
    case 'acknowledge':
      return acknowledgedBy === null ? 'This is over: nothing is left to be taken.' : `${acknowledgedBy} has it.`;
    case 'confirm':
      return `Alerts of ${organisationName} are sent to ${channelName}. Every message has a way to stop them.`;
    case 'unsubscribe':
      return `${channelName} gets no more messages from ${organisationName}.`;
  }
};
