import type { DiagnosisFeedback, DiagnosisVersion, DiagnosisView, IncidentLogView } from '@farwatch/contracts';
import type { Diagnosis, LogReading, LookRef } from '@farwatch/diagnosis';
import type { LogRow } from './log-store.ts';
import type { FeedbackRow, VersionRow } from './store.ts';

const lookView = ({ region, family, at }: LookRef) => ({
  ...{ region, family, at: new Date(at).toISOString() },
  resultId: `${at}-${region}-${family}`,
});

export const diagnosisView = ({
  version: _,
  evidence,
  causes,
  chain,
  requestIds,
  ...rest
}: Diagnosis): DiagnosisView => ({
  ...rest,
  wroteBy: { ...rest.wroteBy },
  broke: { ...rest.broke },
  chain: chain.map((hop) => ({ ...hop })),
  requestIds: requestIds.map((id) => ({ ...id })),
  causes: causes.map((cause) => ({ ...cause })),
  evidence: evidence.map(({ look, speaksFor, speaksAgainst, ...item }) => ({
    ...item,
    ...{ speaksFor: [...speaksFor], speaksAgainst: [...speaksAgainst] },
    look: look === null || look.region === '' ? null : lookView(look),
  })),
  firstFix: { text: rest.firstFix.text, snippets: rest.firstFix.snippets.map((one) => ({ ...one })) },
  nextCheck: { text: rest.nextCheck.text, snippets: rest.nextCheck.snippets.map((one) => ({ ...one })) },
});

export const versionView = ({ version, madeAt, why, cause, confidence }: VersionRow): DiagnosisVersion => ({
  ...{ version, madeAt: madeAt.toISOString(), why, cause, confidence },
});

export const feedbackView = ({ accountId, author, at, ...said }: FeedbackRow): DiagnosisFeedback => ({
  ...said,
  by: { accountId, name: author },
  at: at.toISOString(),
});

const moment = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const readingView = ({ formats, unknownExamples, counts, entries, ...numbers }: LogReading) => ({
  ...numbers,
  ...{ formats: [...formats], unknownExamples: [...unknownExamples] },
  counts: counts.map(({ firstAt, lastAt, alike, ...count }) => ({
    ...count,
    ...(alike === undefined ? {} : { alike: [...alike] }),
    ...{ firstAt: moment(firstAt), lastAt: moment(lastAt) },
  })),
  entries: entries.map(({ at, regions, ...entry }) => ({ ...entry, at: moment(at), regions: [...regions] })),
});

export const logView = ({ id, incidentId, name, bytes, reading, accountId, author, at }: LogRow): IncidentLogView => ({
  ...{ id, incidentId, name, bytes },
  uploadedAt: at.toISOString(),
  uploadedBy: { accountId, name: author },
  reading: readingView(reading),
});
