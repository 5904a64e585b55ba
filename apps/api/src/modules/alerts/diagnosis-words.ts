import type { ChannelKind, DiagnosisBrief } from '@farwatch/contracts';
import { causeFacts } from '@farwatch/diagnosis';
import { cut, oneLine } from '@farwatch/notifiers';
import type { IncidentEvent, Words } from './incident-words.ts';
import { texts } from './texts.ts';

/** A text message has 200 characters and a link after them: what happened must stay whole. */
const briefMost = 140;
const lineMost = 500;

const line = (text: string): string => cut(oneLine(text), lineMost);

/** What a message says of the cause and of what to do: one sentence, the first fix, and by mail the first command. */
export const diagnosisLines = (
  event: IncidentEvent,
  diagnosis: DiagnosisBrief | null,
  kind: ChannelKind,
): readonly string[] => {
  if (diagnosis === null || event === 'incident.acknowledged') return [];
  const { summary, firstFix, command } = diagnosis;
  const cause = summary === '' ? [] : [line(texts.diagnosis.cause(summary))];
  if (event === 'incident.resolved') return cause; // there is nothing to mend any more
  const fix = firstFix === '' ? [] : [line(texts.diagnosis.fix(firstFix))];
  const typed = command === null || kind !== 'email' ? [] : [line(texts.diagnosis.command(command))];
  return [...cause, ...fix, ...typed];
};

/** For a text message and a call: one short phrase, where one cause stands out and there is room for it. */
export const withCause = (words: Words, diagnosis: DiagnosisBrief | null): Words => {
  if (diagnosis === null || diagnosis.certainty === 'open') return words;
  const phrase = texts.diagnosis.brief(causeFacts[diagnosis.cause].words);
  const brief = `${words.brief} ${phrase}`;
  return {
    ...words,
    brief: brief.length <= briefMost ? brief : words.brief,
    spoken: `${words.spoken} ${phrase}`,
  };
};
