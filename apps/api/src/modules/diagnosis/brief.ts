import type { DiagnosisBrief } from '@farwatch/contracts';
import type { Advice } from '@farwatch/diagnosis';
import type { FullVersion } from './store.ts';

const isComment = (line: string): boolean => line.startsWith('#');

/** The first line of the first command; null when there is none. */
export const firstCommand = ({ snippets }: Advice): string | null => {
  const command = snippets.find(({ kind }) => kind === 'command');
  const lines = (command?.text ?? '').split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !isComment(line)) ?? null;
};

/** What an alert needs of a diagnosis. */
export const briefOf = ({ version, diagnosis }: Pick<FullVersion, 'version' | 'diagnosis'>): DiagnosisBrief | null => {
  const { causes, certainty, wroteBy, summary, firstFix } = diagnosis;
  const [first] = causes;
  if (first === undefined) return null;
  return {
    version,
    ...{ cause: first.cause, hop: first.hop, confidence: first.confidence, certainty },
    wroteBy: wroteBy.product,
    ...{ summary, firstFix: firstFix.text, command: firstCommand(firstFix) },
  };
};
