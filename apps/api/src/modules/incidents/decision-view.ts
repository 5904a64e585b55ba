import type { DecisionView } from '@farwatch/contracts';
import type { DecisionRow } from './decision-store.ts';
import { momentText } from './view.ts';

type Words = Pick<DecisionView, 'code' | 'effect' | 'text'>;

const ties: Readonly<Record<string, string>> = {
  host: 'the host',
  address: 'the address',
  certificate: 'the certificate',
  'name-server': 'the name server of',
};
/** What a delivery told. */
const told: Readonly<Record<string, string>> = {
  'incident.opened': 'that it opened',
  'incident.escalated': 'that nobody has it yet',
  'incident.reminder': 'that it lasts',
  'incident.acknowledged': 'who has it',
  'incident.resolved': 'that it is over',
};

const untilText = ({ detail: { until } }: DecisionRow): string =>
  until === undefined ? '' : ` until ${momentText(new Date(until))}`;

const decisionWords = (row: DecisionRow): Words => {
  const { code, detail } = row;
  const name = detail.name === undefined ? 'another monitor' : `“${detail.name}”`;
  switch (code) {
    case 'policy':
      return {
        ...{ code, effect: 'note' },
        text:
          detail.policyId === undefined
            ? 'No escalation policy is set for it: every channel hears at once.'
            : `It goes by the escalation policy ${detail.name === undefined ? '(deleted since)' : name}.`,
      };
    case 'alert-after':
      return {
        ...{ code, effect: 'silent' },
        text:
          detail.because === 'policy'
            ? `The first step of its policy is due later: silent${untilText(row)}.`
            : `The monitor alerts only after a while: silent${untilText(row)}.`,
      };
    case 'maintenance':
      return { code, effect: 'silent', text: `The maintenance window ${name} runs: silent${untilText(row)}.` };
    case 'maintenance-over':
      return { code, effect: 'note', text: 'The maintenance is over and it is still down.' };
    case 'parent-suspected':
      return { code, effect: 'silent', text: `Its parent ${name} fails too: its confirmation is waited for first.` };
    case 'parent-cleared':
      return { code, effect: 'note', text: 'No parent turned out to be down.' };
    case 'parent-down':
      return { code, effect: 'silent', text: `${name} is down, which it depends on: told with that one.` };
    case 'parent-over':
      return { code, effect: 'note', text: `${name} is over; this goes on by itself.` };
    case 'shared-cause':
      return {
        ...{ code, effect: 'note' },
        text: `It failed within a minute of ${name} and shares ${ties[detail.because ?? ''] ?? ''} ${detail.shared ?? ''}: told once, the rest with that one.`,
      };
    case 'shared-cause-over':
      return { code, effect: 'note', text: `${name} is over; this goes on by itself.` };
    case 'nobody-reached':
      return { code, effect: 'silent', text: 'A step of its policy reached nobody: the next one was taken at once.' };
    case 'over-untold':
      return { code, effect: 'note', text: 'It was over before anybody was told, so nobody was told.' };
    default:
      throw new Error(`decisionWords: no words for ${code}`);
  }
};

const deliveryWords = ({ code, detail, reason, channelName, nextAttemptAt }: DecisionRow): Words => {
  const what = `${channelName ?? ''} ${told[detail.event ?? ''] ?? 'the news'}`;
  const why = reason === null ? '' : ` (${reason})`;
  switch (code) {
    case 'delivered':
    case 'accepted':
      return { code: 'told', effect: 'told', text: `Told ${what}.` };
    case 'failed':
      return { code: 'failed', effect: 'silent', text: `Could not tell ${what}${why}.` };
    case 'dropped':
      return { code: 'dropped', effect: 'silent', text: `Did not tell ${what}${why}.` };
    default: {
      const when = nextAttemptAt === null ? '' : `, not before ${momentText(nextAttemptAt)}`;
      const quiet = reason === 'quiet hours';
      const text = quiet ? `Quiet hours: will tell ${what}${when}.` : `Will tell ${what}${when}${why}.`;
      return { code: quiet ? 'quiet-hours' : 'waiting', effect: 'silent', text };
    }
  }
};

const deedWords = ({ code, detail: { author, text } }: DecisionRow): Words => ({
  code: code === 'acknowledged' || code === 'unacknowledged' ? code : 'snoozed',
  effect: code === 'unacknowledged' ? 'note' : 'silent',
  text: `${author ?? ''}: ${text ?? ''}`,
});

const wordsOf = (row: DecisionRow): Words => {
  switch (row.source) {
    case 'decision':
      return decisionWords(row);
    case 'delivery':
      return deliveryWords(row);
    case 'comment':
      return deedWords(row);
  }
};

/** In plain words and with a code, and what it was because of. */
export const decisionView = (row: DecisionRow): DecisionView => {
  const { detail, source } = row;
  const until = detail.until ?? row.nextAttemptAt?.getTime() ?? null;
  return {
    at: row.at.toISOString(),
    ...wordsOf(row),
    until: until === null ? null : new Date(until).toISOString(),
    windowId: detail.windowId ?? null,
    incidentId: detail.incidentId ?? null,
    monitorId: detail.monitorId ?? null,
    deliveryId: source === 'delivery' ? row.id : null,
    channelId: row.channelId,
    policyId: detail.policyId ?? null,
  };
};
