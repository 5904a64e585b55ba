import type { HandOver, HandOverCheck } from './hand-over.ts';
import { clearWords, harmless, lengthWords, moment, percent, startWords } from './words.ts';

/** Tickets and mails break longer lines where they like. */
const width = 80;

/** Lines of at most 80 characters; what follows the first is indented. A word that is longer is cut. */
const folded = (text: string, indent = 0): readonly string[] => {
  const lines: string[] = [];
  const begin = ' '.repeat(indent);
  const [first = '', ...words] = harmless(text).split(' ');
  let line = first;
  const cut = (): void => {
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = `${begin}${line.slice(width)}`;
    }
  };
  for (const word of words) {
    cut();
    if (line.length + 1 + word.length <= width) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = `${begin}${word}`;
    }
  }
  cut();
  return line.trim() === '' ? lines : [...lines, line];
};

const column = 14;
const row = (name: string, value: string): readonly string[] =>
  folded(`${(name === '' ? '' : `${name}:`).padEnd(column)}${value}`, column);
const title = (text: string): readonly string[] => ['', text, '-'.repeat(text.length)];

const checkLines = (check: HandOverCheck): readonly string[] => [
  ...folded(`${moment(check.at)} from ${check.region ?? 'here'}: ${check.method} ${check.url}`, 2),
  ...folded(
    `  ${check.status === null ? 'no HTTP answer' : `HTTP ${check.status}${check.reason === null ? '' : ` ${check.reason}`}`}` +
      `${check.address === null ? '' : `, answered by ${check.address}`}${check.httpVersion === null ? '' : `, HTTP/${check.httpVersion}`}`,
    4,
  ),
  ...(check.phases.length === 0
    ? []
    : folded(
        `  ${check.phases.map(({ phase, ms }) => `${phase} ${ms} ms`).join(', ')}${check.totalMs === null ? '' : `, total ${check.totalMs} ms`}`,
        4,
      )),
  ...check.headers.flatMap(([name, value]) => folded(`    ${name}: ${value}`, 6)),
];

const certificateLines = ({ certificate }: HandOver): readonly string[] =>
  certificate === null
    ? []
    : [
        ...title('Certificate'),
        ...row('Subject', certificate.subject),
        ...row('Issuer', certificate.issuer),
        ...row('Names', certificate.names.join(', ')),
        ...row('Valid', `${moment(certificate.startsAt)} to ${moment(certificate.endsAt)}`),
        ...row('Serial', certificate.serial),
        ...row('SHA-256', certificate.sha256),
        ...(certificate.error === null ? [] : row('Fault', certificate.error)),
      ];

const diagnosisLines = ({ diagnosis }: HandOver): readonly string[] =>
  diagnosis === null
    ? []
    : [
        ...title('What it looks like from outside'),
        ...folded(diagnosis.summary),
        ...diagnosis.causes
          .slice(0, 6)
          .flatMap(({ words, confidence }) => folded(`  ${percent(confidence).padStart(5)}  ${words}`, 9)),
        ...diagnosis.evidence.flatMap((text) => folded(`  - ${text}`, 4)),
        ...folded(`What would settle it: ${diagnosis.nextCheck}`),
      ];

/** Plain text for a ticket, no line longer than 80 characters. */
export const handOverText = (pack: HandOver): string => {
  const {
    url,
    startedAt,
    resolvedAt,
    durationMs,
    startBetween,
    clearBetween,
    codes,
    requestIds,
    addresses,
    checks,
    page,
  } = pack;
  return `${[
    ...folded(`Outage of ${url}`),
    '',
    ...row('Began', moment(startedAt)),
    ...row('', startWords(startBetween)),
    ...row('Ended', resolvedAt === null ? `not yet, as of ${moment(pack.madeAt)}` : moment(resolvedAt)),
    ...(resolvedAt === null ? [] : row('', clearWords(clearBetween))),
    ...row('Length', lengthWords(durationMs)),
    ...row('Addresses', addresses.length === 0 ? 'none was reached' : addresses.join(', ')),
    ...row('Incident', pack.incidentId),
    ...title('What failed, by region (UTC)'),
    ...codes.flatMap(({ code, region, startedAt: from, lastSeenAt, endedAt }) =>
      folded(
        `  ${region}  ${code}  ${moment(from)} to ${endedAt === null ? `${moment(lastSeenAt)} (last seen)` : moment(endedAt)}`,
        6,
      ),
    ),
    ...(requestIds.length === 0 ? [] : title('Request ids, to find them in your logs')),
    ...requestIds.flatMap(({ name, value, at, region }) =>
      folded(`  ${name}: ${value}  (${moment(at)}, ${region ?? 'here'})`, 6),
    ),
    ...(checks.length === 0 ? [] : title('Failing checks')),
    ...checks.flatMap(checkLines),
    ...certificateLines(pack),
    ...(page === null ? [] : [...title('The page, as text'), ...folded(page)]),
    ...diagnosisLines(pack),
    '',
    ...folded(`Made by Farwatch on ${moment(pack.madeAt)}. All times are UTC.`),
  ]
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
};
