import type { HandOver, HandOverCheck } from './hand-over.ts';
import { clearWords, harmless, lengthWords, moment, percent, startWords } from './words.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => harmless(text).replaceAll(/[&<>"']/gu, (each) => entities[each] ?? '');

/** Its SHA-256 is what a Content-Security-Policy may allow (`handOverStyleHash`). */
export const handOverStyle = `
:root { color-scheme: light; }
body { font: 13px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 780px; margin: 24px auto; padding: 0 16px; overflow-wrap: anywhere; }
h1 { font-size: 20px; margin: 0 0 4px; }
h2 { font-size: 14px; margin: 18px 0 6px; border-bottom: 1px solid #ccc; padding-bottom: 2px; break-after: avoid; }
p { margin: 4px 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 2px 12px 2px 0; }
th { font-weight: 600; white-space: nowrap; }
tr { break-inside: avoid; }
code, pre { font: 12px/1.4 ui-monospace, monospace; white-space: pre-wrap; margin: 4px 0; }
footer { margin-top: 18px; color: #595959; }
@page { margin: 14mm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10.5px; } h1 { font-size: 16px; } code, pre { font-size: 9.5px; } }
`;
/** Of `handOverStyle`; a test holds them together. */
export const handOverStyleHash = 'sha256-pO42NsLtwtekKOsYJb+l/kucx6jUzyaGst5AzY0gfSQ=';

type Cell = string;
const code = (text: string): Cell => `<code>${escaped(text)}</code>`;
const rows = (named: readonly (readonly [name: string, cell: Cell])[]): string =>
  `<table>${named.map(([name, cell]) => `<tr><th scope="row">${escaped(name)}</th><td>${cell}</td></tr>`).join('')}</table>`;
const table = (head: readonly string[], body: readonly (readonly Cell[])[]): string =>
  `<table><thead><tr>${head.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead><tbody>${body
    .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;
const section = (title: string, content: string): string =>
  content === '' ? '' : `<h2>${escaped(title)}</h2>${content}`;

const facts = (pack: HandOver): string => {
  const { startedAt, resolvedAt, startBetween, clearBetween, durationMs, addresses, madeAt, incidentId } = pack;
  return rows([
    ['Began', `${escaped(moment(startedAt))}<br>${escaped(startWords(startBetween))}`],
    resolvedAt === null
      ? ['Ended', escaped(`not yet, as of ${moment(madeAt)}`)]
      : ['Ended', `${escaped(moment(resolvedAt))}<br>${escaped(clearWords(clearBetween))}`],
    ['Length', escaped(lengthWords(durationMs))],
    ['Addresses', addresses.length === 0 ? 'none was reached' : code(addresses.join(', '))],
    ['Incident', code(incidentId)],
  ]);
};

const codes = (pack: HandOver): string =>
  pack.codes.length === 0
    ? ''
    : table(
        ['Region', 'Failure', 'From', 'To'],
        pack.codes.map(({ region, code: what, startedAt, lastSeenAt, endedAt }) => [
          ...[escaped(region), code(what), escaped(moment(startedAt))],
          escaped(endedAt === null ? `${moment(lastSeenAt)} (last seen)` : moment(endedAt)),
        ]),
      );

const requestIds = (pack: HandOver): string =>
  pack.requestIds.length === 0
    ? ''
    : table(
        ['Header', 'Value', 'Time', 'Region'],
        pack.requestIds.map(({ name, value, at, region }) => [
          escaped(name),
          code(value),
          escaped(moment(at)),
          escaped(region ?? 'here'),
        ]),
      );

const check = ({
  at,
  region,
  method,
  url,
  status,
  reason,
  address,
  httpVersion,
  phases,
  totalMs,
  headers,
}: HandOverCheck): string => {
  const answered = status === null ? 'no HTTP answer' : `HTTP ${status}${reason === null ? '' : ` ${reason}`}`;
  const way = `${address === null ? '' : `, answered by ${address}`}${httpVersion === null ? '' : `, HTTP/${httpVersion}`}`;
  const times = [
    ...phases.map(({ phase, ms }) => `${phase} ${ms} ms`),
    ...(totalMs === null ? [] : [`total ${totalMs} ms`]),
  ];
  const lines = headers.map(([name, value]) => `${name}: ${value}`).map(escaped);
  return (
    `<p>${escaped(`${moment(at)} from ${region ?? 'here'}`)}: ${code(`${method} ${url}`)}<br>${escaped(`${answered}${way}`)}<br>${escaped(times.join(', '))}</p>` +
    (lines.length === 0 ? '' : `<pre>${lines.join('\n')}</pre>`)
  );
};

const certificate = ({ certificate: shown }: HandOver): string =>
  shown === null
    ? ''
    : rows([
        ['Subject', escaped(shown.subject)],
        ['Issuer', escaped(shown.issuer)],
        ['Names', escaped(shown.names.join(', '))],
        ['Valid', escaped(`${moment(shown.startsAt)} to ${moment(shown.endsAt)}`)],
        ['Serial', code(shown.serial)],
        ['SHA-256', code(shown.sha256)],
        ...(shown.error === null ? [] : [['Fault', escaped(shown.error)] as const]),
      ]);

const diagnosis = ({ diagnosis: made }: HandOver): string =>
  made === null
    ? ''
    : `<p>${escaped(made.summary)}</p>${table(
        ['Sure', 'Cause'],
        made.causes.slice(0, 6).map(({ words, confidence }) => [escaped(percent(confidence)), escaped(words)]),
      )}<ul>${made.evidence.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul><p>What would settle it: ${escaped(made.nextCheck)}</p>`;

/** A whole page to print or to save as PDF: no script, one style, everything escaped. */
export const handOverPage = (pack: HandOver): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${escaped(`Outage of ${pack.url}`)}</title><style>${handOverStyle}</style></head><body>` +
  `<h1>${escaped(`Outage of ${pack.url}`)}</h1><p>${escaped(pack.monitor)}</p>${facts(pack)}` +
  section('What failed, by region', codes(pack)) +
  section('Request ids, to find them in your logs', requestIds(pack)) +
  section('Failing checks', pack.checks.map(check).join('')) +
  section('Certificate', certificate(pack)) +
  section('The page, as text', pack.page === null ? '' : `<pre>${escaped(pack.page)}</pre>`) +
  section('What it looks like from outside', diagnosis(pack)) +
  `<footer>Made by Farwatch on ${escaped(moment(pack.madeAt))}. All times are UTC.</footer></body></html>\n`;
