import { cut, type Mail, oneLine } from '@farwatch/notifiers';

type Asked = Readonly<{
  to: string;
  channelId: string;
  organisation: Readonly<{ id: string; name: string }>;
  /** Who asks, null when a program does. */
  by: string | null;
  link: string;
  /** Where one says that one is not to be asked again. */
  leaveLink: string;
}>;

/** Full stops that mail programs take for a part of a host's name, the ideographic ones included. */
const dot = /[.\u3002\uff0e\uff61](?=\S)/gu;

/**
 * Names are whatever a stranger typed, in a mail that nobody asked for: they stay short and on one line, and nothing in
 * them becomes a link.
 */
export const harmless = (text: string): string =>
  cut(oneLine(text).replaceAll('://', ': ').replaceAll(dot, '. ').replaceAll('@', ' at '), 60);

/** The mail that asks an address for consent. */
export const confirmMail = ({ to, channelId, organisation, by, link, leaveLink }: Asked): Mail => {
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
To make sure that they can not ask you again, open this one:

${leaveLink}
`,
  };
};
