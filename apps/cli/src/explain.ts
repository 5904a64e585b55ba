import type { Readable } from 'node:stream';
import { type Diagnosis, diagnose, explainStatus, lookOfPasted, type Pasted } from '@farwatch/diagnosis';
import { explain } from '@farwatch/domain';
import type { Told } from './check.ts';
import { parseExplain, usage } from './explain-arguments.ts';
import { printable, printedDiagnosis } from './printed.ts';
import { type ReadCase, readCase } from './read-case.ts';
import { toJson } from './wire.ts';

const nothing: Pasted = {
  ...{
    url: null,
    method: 'GET',
    address: null,
    waitedMs: null,
    answer: null,
    failure: null,
    findings: [],
    statusFrom: null,
  },
};

const diagnosisOf = ({ page, look: seen, log }: ReadCase, url: string | null): Diagnosis => {
  const look = seen ?? lookOfPasted({ ...(page ?? nothing), url: url ?? page?.url ?? null });
  const host = URL.parse(look.url)?.hostname ?? '';
  return diagnose({ host, look, others: [], before: null, log, downForMs: null });
};

const pageLines = ({ answer, failure, statusFrom }: Pasted): readonly string[] => {
  if (answer === null) return failure === null ? [] : [`There was no answer: ${explain(failure)}.`];
  const { status, reason, headers, bodyBytes } = answer;
  const words = status === null ? null : explainStatus(status);
  return [
    `HTTP ${status ?? '(status not known)'}${reason === null ? '' : ` ${reason}`}${statusFrom === 'words' ? ', by the words of the page' : ''}: ` +
      `${headers.length} headers, ${bodyBytes ?? 0} bytes of page`,
    ...(words === null ? [] : [words.what]),
  ];
};

const logLines = ({ log }: ReadCase): readonly string[] =>
  log === null
    ? []
    : [
        `Log (${log.formats.join(', ') || 'format not known'}): ${log.lines} lines, ${log.others} of them of something else, ${log.unknown} not understood`,
        ...log.counts
          .slice(0, 8)
          .map(
            ({ count, cause, upstream }) =>
              `  ${String(count).padStart(7)} × ${cause}${upstream === null ? '' : ` (${upstream})`}`,
          ),
      ];

/** The wire's page: what was read of the paste, without its body. */
const pageView = (page: Pasted | null) => {
  if (page === null) return null;
  const { url, method, address, waitedMs, failure, findings, statusFrom, answer } = page;
  const { status = null, reason = null, httpVersion = null, headers = [], bodyBytes = null } = answer ?? {};
  return {
    url,
    method,
    address,
    waitedMs,
    status,
    statusFrom,
    reason,
    httpVersion,
    headers,
    bodyBytes,
    failure,
    findings,
  };
};

/** Explains a pasted page, log lines, or both together: 0 when there was something to explain. */
export const explainCase = async (args: readonly string[], stdin: Readable): Promise<Told> => {
  const wanted = parseExplain(args);
  if (wanted === 'help') return { text: `${usage}\n`, code: 0 };
  const read = await readCase(wanted.files, stdin);
  const { page, log } = read;
  const saysNothing = page === null && (log === null || log.lines === log.unknown);
  if (saysNothing) throw new Error('neither an answer nor lines of a log that is known were found');
  const diagnosis = diagnosisOf(read, wanted.url);
  const made =
    diagnosis.evidence.length > 0 ? printedDiagnosis(diagnosis) : ['Nothing in it tells of a failure that is known.'];
  const lines = [...(page === null ? [] : pageLines(page)), ...logLines(read), '', ...made, ''];
  return {
    text: wanted.json ? `${toJson({ page: pageView(page), log, diagnosis })}\n` : printable(lines.join('\n')),
    code: 0,
  };
};
