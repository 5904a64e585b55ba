export { explainStatus, type StatusWords } from './answer/explain-status.ts';
export { recogniseWording } from './answer/wordings.ts';
export type { Answer, Before, Case, LookRef, OtherLook, SeenLook } from './case.ts';
export { type Cause, causeFacts, causes, type HopWord, hops } from './causes.ts';
export { diagnose } from './diagnose.ts';
export type {
  Advice,
  Certainty,
  ChainHop,
  Diagnosis,
  EvidenceItem,
  RankedCause,
  Snippet,
  WroteBy,
} from './diagnosis.ts';
export type { HandOverBounds, HandOverFacts, HandOverSpan } from './hand-over/facts.ts';
export type { HandOver } from './hand-over/hand-over.ts';
export { handOver } from './hand-over/make.ts';
export { handOverPage, handOverStyleHash } from './hand-over/page.ts';
export { handOverText } from './hand-over/text.ts';
export { beginReading, type Reading, type ReadingSettings } from './logs/begin-reading.ts';
export type { CauseCount, LogEntry, LogFormat, LogReading } from './logs/reading.ts';
export type { LogIncident } from './logs/window.ts';
export { kindOfText, sorter } from './page/kind-of-text.ts';
export { lookOfPasted, mostPasted, type Pasted, readPasted } from './page/pasted.ts';
export { products } from './products/all.ts';
export { seenLook } from './seen-look.ts';
export { whoSpoke } from './speaker/who-spoke.ts';
