import type { DiagnosisVersion, DiagnosisView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';

type Certainty = DiagnosisView['certainty'];
export const certaintyWords: Readonly<
  Record<Certainty, Readonly<{ word: MessageDescriptor; meaning: MessageDescriptor }>>
> = {
  confirmed: { word: msg`Confirmed`, meaning: msg`A log of yours says so.` },
  probable: { word: msg`Probable`, meaning: msg`One cause stands out. From outside nothing is certain.` },
  open: { word: msg`Undecided`, meaning: msg`Several causes fit, and what was seen can’t tell them apart.` },
};

export const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;

type Hop = DiagnosisView['broke']['hop'];
const hopNames: Readonly<Record<Exclude<Hop, 'none' | 'unknown'>, MessageDescriptor>> = {
  client: msg`the check itself`,
  edge: msg`the edge`,
  gateway: msg`the gateway`,
  link: msg`the way to the origin`,
  origin: msg`the origin`,
};

/** Who broke it and how sure that is, in a few words: `likely the origin (76 %)`. */
export const whoBroke = ({ hop, confidence }: DiagnosisView['broke']): string => {
  const share = percent(confidence);
  if (hop === 'unknown') return t`who broke it does not show`;
  if (hop === 'none') return t`nothing seems to be broken now (${share})`;
  const name = i18n._(hopNames[hop]);
  if (confidence >= 0.9) return t`almost certainly ${name} (${share})`;
  if (confidence >= 0.6) return t`likely ${name} (${share})`;
  return confidence >= 0.3 ? t`possibly ${name} (${share})` : t`perhaps ${name}, among others (${share})`;
};

export const whyWords: Readonly<Record<DiagnosisVersion['why'], MessageDescriptor>> = {
  opened: msg`when it opened`,
  evidence: msg`after new evidence`,
  log: msg`after a log was read`,
  resolved: msg`when it cleared`,
};

/** `origin-not-listening` as people read it. */
export const causeName = (cause: string): string => {
  const words = cause.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
