import type { getIncident, ReplyOf } from '@farwatch/contracts';
import { explain } from '@farwatch/domain';
import { t } from '@lingui/core/macro';
import { durationText } from '../../ui/duration.tsx';
import { exactText } from '../../ui/instant.tsx';

type Incident = ReplyOf<typeof getIncident>;

/** Foreign words in a template stay words, in one line: what Markdown would read as its own is escaped. */
const plain = (text: string): string => text.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<]/gu, String.raw`\$&`);

const codeLine = ({ code, startedAt, regions }: Incident['codes'][number], zone: string): string => {
  const at = exactText(startedAt, zone);
  const seen = regions.join(', ');
  return `- ${t`${at}: \`${code}\` in ${seen}`}`;
};

const timeline = (incident: Incident, zone: string): readonly string[] => {
  const { marks, codes, acknowledgedAt, acknowledgedBy, resolvedAt } = incident;
  const marked = marks.toReversed().map(({ at, text }) => `- ${exactText(at, zone)}: ${plain(text)}`);
  const who = plain(acknowledgedBy?.name ?? '');
  const taken = acknowledgedAt === null ? [] : [`- ${exactText(acknowledgedAt, zone)}: ${t`${who} took it`}`];
  const over = resolvedAt === null ? [] : [`- ${exactText(resolvedAt, zone)}: ${t`cleared`}`];
  return [...marked, ...codes.map((code) => codeLine(code, zone)), ...taken, ...over];
};

/** The frame of a post-mortem with all that is known already; what only people know is asked. */
export const templateOf = (incident: Incident, cause: string | null, zone: string): string => {
  const name = plain(incident.monitorName);
  const what = plain(explain(incident.cause));
  const lasted = incident.durationMs === null ? t`still going on` : durationText(incident.durationMs);
  const seenFrom = incident.regions.join(', ');
  return [
    `# ${t`${name}: ${what}`}`,
    `**${t`Lasted`}**: ${lasted}. **${t`Seen from`}**: ${seenFrom}.`,
    `## ${t`What happened`}`,
    timeline(incident, zone).join('\n'),
    `## ${t`Why`}`,
    cause === null ? t`…` : plain(cause),
    `## ${t`What helped`}`,
    t`…`,
    `## ${t`What will keep it from happening again`}`,
    '- …',
  ].join('\n\n');
};
