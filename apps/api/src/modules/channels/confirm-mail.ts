import { cut, type Mail, oneLine } from '@farwatch/notifiers';

type Asked = Readonly<{
  to: string;
  channelId: string;
  organisation: Readonly<{ id: string; name: string }>;
  /** Who asks, null when a program does. */
  by: string | null;
  link: string;
}>;

/** Names are whatever a stranger typed, in a mail that nobody asked for: they stay short and on one line. */
const harmless = (text: string): string => cut(oneLine(text), 60);

/** The mail that asks an address for consent. */
export const confirmMail = ({ to, channelId, organisation, by, link }: Asked): Mail => {
  const who = by === null ? harmless(organisation.name) : `${harmless(by)} of ${harmless(organisation.name)}`;
  return {
    to,
    subject: 'Farwatch: may we send alerts to this address?',
    organisationId: organisation.id,
    threadId: `confirm.${channelId}`,
    text: `Hello,

${who} would like Farwatch to send alerts to this address when a website is down.
Open this link to agree:

${link}

If you don't want that, do nothing: no alert is sent before you agree.
`,
  };
};
