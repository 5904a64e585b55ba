import { type Diagnosis, diagnose, explainStatus, lookOfPasted, type Pasted } from '@farwatch/diagnosis';
import { explain } from '@farwatch/domain';
import { parseExplain, usage } from './explain-arguments.ts';
import { printable, printedDiagnosis } from './printed.ts';
import { type ReadCase, readCase } from './read-case.ts';
import { toJson } from './wire.ts';

const nothing: Pasted = {
  ...{ url: null, method: 'GET', address: null, answer: null, failure: null, findings: [], statusFrom: null },
};

const diagnosisOf = ({ page, log }: ReadCase, url: string | null): Diagnosis => {
  const look = lookOfPasted({ ...(page ?? nothing), url: url ?? page?.url ?? null });
  const host = URL.parse(look.url)?.hostname ?? '';
  return diagnose({ ...{ host, look, others: [], before: null, log, downForMs: null } });
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
  const { url, method, address, failure, findings, statusFrom, answer } = page;
  const { status = null, reason = null, httpVersion = null, headers = [], bodyBytes = null } = answer ?? {};
  return { url, method, address, status, statusFrom, reason, httpVersion, headers, bodyBytes, failure, findings };
};

/** Explains a pasted page, log lines, or both together. Answers the exit code. */
export const runExplain = async (args: readonly string[]): Promise<number> => {
  const wanted = parseExplain(args);
  if (wanted === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const read = await readCase(wanted.files, process.stdin);
  const { page, log } = read;
  const saysNothing = page === null && (log === null || log.lines === log.unknown);
  if (saysNothing && !wanted.json) throw new Error('neither an answer nor lines of a log that is known were found');
  const diagnosis = diagnosisOf(read, wanted.url);
  const lines = [...(page === null ? [] : pageLines(page)), ...logLines(read), '', ...printedDiagnosis(diagnosis), ''];
  process.stdout.write(
    wanted.json ? `${toJson({ page: pageView(page), log, diagnosis })}\n` : printable(lines.join('\n')),
  );
  return saysNothing ? 2 : 0;
};
