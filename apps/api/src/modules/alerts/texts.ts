/** Every word an alert says, in one place: another language is another object of this shape. */
export const texts = {
  opened: {
    subject: (name: string, why: string) => `Down: ${name} (${why})`,
    heading: (name: string) => `${name} is down`,
  },
  resolved: {
    subject: (name: string, length: string) => `Up again: ${name} (was down for ${length})`,
    heading: (name: string) => `${name} is up again`,
  },
  test: {
    subject: (channel: string) => `Test from Farwatch for ${channel}`,
    heading: 'This channel works',
    line: (channel: string) => `This is a test of the notification channel ${channel}. Nothing is down.`,
    link: 'Open Farwatch',
  },
  facts: {
    monitor: 'Monitor',
    url: 'URL',
    since: 'Down since',
    until: 'Up again at',
    length: 'Lasted',
    regions: 'Seen from',
    failure: 'Failure',
    spans: 'Answers',
  },
  more: (count: number) => `and ${count} more`,
  span: (code: string, region: string, from: string, to: string) => `${code} from ${region}: ${from} to ${to}`,
  noRegion: 'no region',
  incidentLink: 'Open the incident',
  footer: 'Sent by Farwatch to a notification channel of your organisation.',
} as const;
