/** Every word an alert says, in one place: another language is another object of this shape. */
export const texts = {
  opened: {
    subject: (name: string, why: string) => `Down: ${name} (${why})`,
    heading: (name: string) => `${name} is down`,
    line: (name: string, since: string, why: string, seen: string) =>
      `${name} has been down since ${since}: ${why}${seen}.`,
    brief: (name: string, since: string, why: string) => `DOWN: ${name} since ${since}: ${why}.`,
    spoken: (name: string, since: string, why: string) => `${name} is down since ${since}. ${why}.`,
  },
  escalated: {
    subject: (name: string, why: string) => `Still down, nobody has it: ${name} (${why})`,
    heading: (name: string) => `${name} is still down and nobody has acknowledged it`,
    nobody: 'Nobody has acknowledged it yet.',
    brief: (name: string, since: string, why: string) => `STILL DOWN, nobody has it: ${name} since ${since}: ${why}.`,
  },
  reminder: {
    subject: (name: string, length: string) => `Still down: ${name} (for ${length})`,
    heading: (name: string) => `${name} is still down`,
    brief: (name: string, since: string, why: string) => `STILL DOWN: ${name} since ${since}: ${why}.`,
    has: (who: string) => `${who} has it.`,
  },
  acknowledged: {
    subject: (name: string, who: string) => `${who} has it: ${name}`,
    heading: (name: string, who: string) => `${who} has acknowledged ${name}`,
    line: (who: string, when: string, via: string) => `${who} has it since ${when} (${via}). Nobody else is called.`,
    brief: (name: string, who: string) => `${who} has it: ${name}.`,
  },
  resolved: {
    subject: (name: string, length: string) => `Up again: ${name} (was down for ${length})`,
    heading: (name: string) => `${name} is up again`,
    line: (name: string, length: string, from: string, to: string, why: string, seen: string) =>
      `${name} was down for ${length}, from ${from} to ${to}, and is up again. It was: ${why}${seen}.`,
    paused: (name: string, length: string, from: string, why: string) =>
      `${name} was down for ${length} from ${from}, until it was paused: ${why}.`,
    brief: (name: string, length: string) => `UP AGAIN: ${name}, was down for ${length}.`,
  },
  diagnosis: {
    /** Said of what is over, too. */
    cause: (sentence: string) => `Diagnosis: ${sentence}`,
    fix: (text: string) => `First fix: ${text}`,
    command: (text: string) => `First command: ${text}`,
    brief: (words: string) => `Probably: ${words}.`,
  },
  several: {
    subject: (down: number, up: number, first: string) =>
      `${[down === 0 ? '' : `${down} down`, up === 0 ? '' : `${up} up again`].filter(Boolean).join(', ')}: ${first}`,
    heading: (down: number, up: number, other: number) =>
      [
        down === 0 ? '' : `${down} ${down === 1 ? 'monitor is' : 'monitors are'} down`,
        up === 0 ? '' : `${up} ${up === 1 ? 'is' : 'are'} up again`,
        other === 0 ? '' : `${other} more ${other === 1 ? 'message' : 'messages'}`,
      ]
        .filter(Boolean)
        .join(', '),
    line: 'They are told together, because they came within a short time.',
    down: (items: string) => `Down: ${items}`,
    up: (items: string) => `Up again: ${items}`,
    other: (items: string) => `Also: ${items}`,
    item: (name: string, code: string, since: string) => `${name} (${code}, ${since})`,
    itemUp: (name: string, length: string) => `${name} (${length})`,
    brief: (heading: string) => `${heading}.`,
    spoken: (heading: string) => `${heading}. Open Farwatch for the list.`,
  },
  certificate: {
    subject: (name: string, left: string) => `Certificate of ${name} ${left}`,
    heading: (name: string, left: string) => `The certificate of ${name} ${left}`,
    line: (left: string, at: string) =>
      `It ${left}, on ${at}. Browsers refuse the site from then on. First fix: renew it, reload the web server, and look whether the automatic renewal still runs.`,
    left: (days: number) =>
      days < 0
        ? 'has expired'
        : days === 0
          ? 'expires within a day'
          : `expires in ${days} ${days === 1 ? 'day' : 'days'}`,
  },
  stopped: {
    subject: (count: number) => `Monitoring has stopped for ${count} ${count === 1 ? 'monitor' : 'monitors'}`,
    heading: 'Monitoring has stopped',
    line: (count: number, regions: string, since: string) =>
      `No probe of ${regions} has given a sign of life since ${since}. ${count} ${count === 1 ? 'monitor is' : 'monitors are'} not being watched; this says nothing about the sites themselves.`,
  },
  silent: {
    line: (count: number, names: string, since: string) =>
      `No look at ${names}${count > 1 ? ` (${count} monitors in all)` : ''} has been reported since ${since}, although the regions are there. This says nothing about the ${count === 1 ? 'site itself' : 'sites themselves'}.`,
    resumed: (names: string, since: string) => `Looks at ${names} are reported again. There were none since ${since}.`,
  },
  resumed: {
    subject: (count: number) => `Monitoring goes on for ${count} ${count === 1 ? 'monitor' : 'monitors'}`,
    heading: 'Monitoring goes on',
    line: (regions: string, since: string) =>
      `The probes of ${regions} look again. They had been silent since ${since}.`,
  },
  flapping: {
    subject: (name: string) => `${name} is flapping`,
    heading: (name: string) => `${name} goes down and up again and again`,
    line: (name: string, since: string) =>
      `${name} has changed more than six times within half an hour, the last time at ${since}. Its single incidents are recorded and told to nobody until it has been calm for half an hour.`,
  },
  calm: {
    subject: (name: string) => `${name} is calm again`,
    heading: (name: string) => `${name} is calm again`,
    line: (name: string, since: string) =>
      `${name} has not changed for half an hour. It had been flapping since ${since}.`,
  },
  broken: {
    subject: (channel: string) => `Your channel ${channel} is broken`,
    heading: (channel: string) => `${channel} takes no alerts any more`,
    line: (channel: string, reason: string) =>
      `${channel} refused an alert for good, so nothing more is sent there until you mend it and enable it again. It said: ${reason}`,
    missed: 'Not told there',
  },
  heldBack: {
    subject: (count: number) => `${count} texts and calls are held back`,
    heading: 'Texts and calls are held back',
    line: (cap: number, until: string) =>
      `More than ${cap} texts and calls an hour are not made. What is new goes out by your other channels; texts and calls go on at ${until}.`,
    list: 'Held back',
  },
  report: {
    subject: (from: string, to: string, uptime: string) => `Your week ${from} to ${to}: ${uptime} up`,
    heading: (organisation: string) => `The week of ${organisation}`,
    line: (monitors: number, incidents: number, uptime: string) =>
      `${monitors} ${monitors === 1 ? 'monitor was' : 'monitors were'} watched; ${incidents === 0 ? 'no incident' : incidents === 1 ? 'one incident' : `${incidents} incidents`}; ${uptime} up in all.`,
    worst: 'Most time down',
    none: 'Nothing was down.',
    link: 'Open the incidents',
    footer: 'Sent every Monday by Farwatch. Switch it off under Settings.',
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
    has: 'Who has it',
    partOf: 'Part of',
    expires: 'Expires',
  },
  partOf: (name: string, shared: string | null) =>
    shared === null ? `${name}, which it depends on` : `${name}: both have ${shared}`,
  seen: (regions: string) => `, seen from ${regions}`,
  more: (count: number) => `and ${count} more`,
  moreAt: (count: number, url: string) => `and ${count} more, all at ${url}`,
  span: (code: string, region: string, from: string, to: string) => `${code} from ${region}: ${from} to ${to}`,
  noRegion: 'no region',
  noName: '(no name)',
  incidentLink: 'Open the incident',
  incidentsLink: 'Open the incidents',
  acknowledge: 'I have it',
  alertingLink: 'Open alerting',
  monitorLink: 'Open the monitor',
  footer: 'Sent by Farwatch to a notification channel of your organisation.',
} as const;
