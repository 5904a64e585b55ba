import type { Actor } from '../alerts/planner.ts';

/** `by`: the name of who has it now. */
export type Acknowledged =
  | Readonly<{ kind: 'acknowledged' | 'already'; by: string }>
  | Readonly<{ kind: 'resolved' | 'missing' }>;

/** Says for somebody that they have an incident; tells whom it concerns. A second time changes nothing. */
export type Acknowledge = (
  which: Readonly<{ organisationId: string; incidentId: string; by: Actor; now: number }>,
) => Promise<Acknowledged>;

export type AcknowledgeSum = Readonly<{
  /** Incidents that are this person's from now on. */
  acknowledged: number;
  /** Who was faster; null = nobody. */
  already: string | null;
  resolved: number;
}>;

/** Few enough to leave the others their database connections. */
const atOnce = 4;

/** The same for all incidents that one message told of. */
export const acknowledgeAll = async (
  acknowledge: Acknowledge,
  { organisationId, incidentIds }: Readonly<{ organisationId: string; incidentIds: readonly string[] }>,
  by: Actor,
): Promise<AcknowledgeSum> => {
  const answers: Acknowledged[] = [];
  const now = Date.now();
  for (let i = 0; i < incidentIds.length; i += atOnce) {
    const some = incidentIds.slice(i, i + atOnce);
    answers.push(
      ...(await Promise.all(some.map((incidentId) => acknowledge({ organisationId, incidentId, by, now })))),
    );
  }
  const [already = null] = answers.flatMap((answer) => (answer.kind === 'already' ? [answer.by] : []));
  return {
    acknowledged: answers.filter(({ kind }) => kind === 'acknowledged').length,
    already,
    resolved: answers.filter(({ kind }) => kind === 'resolved').length,
  };
};

/** What came of it, for whoever pressed the button. */
export const acknowledgeSentence = ({ acknowledged, already, resolved }: AcknowledgeSum): string => {
  if (acknowledged > 0) return acknowledged === 1 ? 'You have it.' : `You have ${acknowledged} incidents.`;
  if (already !== null) return `${already} has it already.`;
  return resolved > 0 ? 'It is over already.' : 'There is nothing to acknowledge.';
};
