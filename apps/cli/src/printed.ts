import type { Advice, Diagnosis } from '@farwatch/diagnosis';

/** What a server sent may hold a terminal's own commands, or turn the writing round. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu, (each) =>
    each === '\n' ? each : '\u{fffd}',
  );

const width = 100;
/** Breaks a text at blanks; every line after the first begins with `indent`. */
export const wrapped = (text: string, indent = ''): string => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
};

export const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;
const mostCauses = 5;

const writerOf = ({ wroteBy }: Diagnosis): string => {
  if (wroteBy.product === null) return 'nobody: there was no answer';
  return wroteBy.product === 'unknown'
    ? 'not known'
    : `${wroteBy.name} (${wroteBy.hop}), ${percent(wroteBy.confidence)}`;
};

const adviceOf = (title: string, { text, snippets }: Advice): readonly string[] =>
  text === ''
    ? []
    : [
        '',
        wrapped(`${title}: ${text}`, '  '),
        ...snippets.flatMap(({ title: what, text: typed }) => [
          `  ${what}`,
          ...typed.split('\n').map((line) => `      ${line}`),
        ]),
      ];

const certaintyWords = {
  confirmed: 'a log confirms it',
  probable: 'one cause stands out',
  open: 'several causes fit, and what was seen can’t separate them',
} as const;

/** A diagnosis for people, without colours. */
export const printedDiagnosis = (diagnosis: Diagnosis): readonly string[] => {
  const { broke, causes, certainty, chain, requestIds, evidence, firstFix, nextCheck, disproof } = diagnosis;
  const isWell = broke.hop === 'none';
  return [
    wrapped(diagnosis.summary),
    '',
    `  wrote the answer   ${writerOf(diagnosis)}`,
    ...(chain.length === 0 ? [] : [`  way of the answer  ${chain.map(({ name }) => name).join(' → ')}`]),
    `  broke              ${broke.hop}, ${percent(broke.confidence)}`,
    `  causes             ${certaintyWords[certainty]}`,
    ...causes
      .slice(0, mostCauses)
      .map(({ cause, confidence, words }) => `    ${percent(confidence).padStart(5)}  ${words} (${cause})`),
    ...(causes.length > mostCauses ? [`           and ${causes.length - mostCauses} more`] : []),
    ...requestIds.map(({ name, value }) => `  request id         ${name}: ${value}`),
    ...(evidence.length === 0 ? [] : ['', 'Seen:', ...evidence.map(({ text }) => `  - ${wrapped(text, '    ')}`)]),
    ...(isWell ? [] : adviceOf('First', firstFix)),
    ...(isWell ? [] : adviceOf('Then', nextCheck)),
    ...(isWell || disproof === '' ? [] : ['', wrapped(`What would disprove it: ${disproof}`, '  ')]),
  ];
};
