import type { DiagnosisVersion, DiagnosisView } from '@farwatch/contracts';

type Certainty = DiagnosisView['certainty'];
export const certaintyWords: Readonly<Record<Certainty, Readonly<{ word: string; meaning: string }>>> = {
  confirmed: { word: 'Confirmed', meaning: 'A log of yours says so.' },
  probable: { word: 'Probable', meaning: 'One cause stands out. From outside nothing is certain.' },
  open: { word: 'Open', meaning: 'Several causes fit, and what was seen can’t tell them apart.' },
};

export const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;
/** What a confidence means in words. */
export const sureness = (confidence: number): string => {
  if (confidence >= 0.9) return 'almost sure';
  if (confidence >= 0.6) return 'likely';
  return confidence >= 0.3 ? 'possible' : 'less likely';
};

export const hopNames: Readonly<Record<DiagnosisView['broke']['hop'], string>> = {
  client: 'the check itself',
  edge: 'the edge',
  gateway: 'the gateway',
  link: 'the way to the origin',
  origin: 'the origin',
  none: 'nobody',
  unknown: 'unknown',
};

export const whyWords: Readonly<Record<DiagnosisVersion['why'], string>> = {
  opened: 'when it opened',
  evidence: 'after new evidence',
  log: 'after a log was read',
  resolved: 'when it cleared',
};

/** `origin-not-listening` as people read it. */
export const causeName = (cause: string): string => {
  const words = cause.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
