import type { DiagnosisView, IncidentDiagnosis, IncidentLogView } from '@farwatch/contracts';
import { id } from '../testing.fixture.tsx';

const at = '2026-11-23T04:00:00.120Z';

export const aDiagnosis = (change: Partial<DiagnosisView> = {}): DiagnosisView => ({
  wroteBy: { product: 'nginx', name: 'nginx', hop: 'gateway', confidence: 0.94 },
  chain: [
    { role: 'edge', product: 'cloudflare', name: 'Cloudflare', because: 'header CF-RAY' },
    { role: 'gateway', product: 'nginx', name: 'nginx', because: "the page's words" },
  ],
  requestIds: [{ name: 'CF-RAY', value: '8f0a' }],
  broke: { hop: 'origin', confidence: 0.76 },
  causes: [
    { cause: 'origin-not-listening', hop: 'origin', confidence: 0.3, words: 'nothing listens there' },
    { cause: 'origin-closed-early', hop: 'origin', confidence: 0.13, words: 'it closed before it had answered' },
  ],
  certainty: 'open',
  summary: 'nginx answered 502 at once.',
  evidence: [
    {
      ...{ id: 'saying', text: 'nginx answers 502 at once when its connection fails', speaksAgainst: [] },
      speaksFor: ['origin-not-listening'],
      look: { region: 'fra', family: 'any', at, resultId: '1795413600000-fra-any' },
    },
  ],
  firstFix: {
    text: 'Start the application again.',
    snippets: [{ kind: 'command', title: 'What listens', text: 'ss -ltnp' }],
  },
  nextCheck: { text: 'Read the error log.', snippets: [] },
  disproof: 'the application answers directly',
  visitor: 'This site has trouble answering at the moment.',
  searchNote: null,
  ...change,
});

const versionOf = (version: number, why: 'opened' | 'log') =>
  ({ version, why, madeAt: at, cause: 'origin-not-listening', confidence: 0.3 }) as const;

export const theDiagnosis = (change: Partial<DiagnosisView> = {}, version = 2): IncidentDiagnosis => ({
  incidentId: id(20),
  shown: { ...versionOf(version, version === 1 ? 'opened' : 'log'), diagnosis: aDiagnosis(change) },
  versions: [versionOf(2, 'log'), versionOf(1, 'opened')],
  feedback: [],
});

export const aLog = (): IncidentLogView => ({
  ...{ id: id(90), incidentId: id(20), name: 'error.log', uploadedAt: at, bytes: 300 },
  uploadedBy: { accountId: id(1), name: 'ada' },
  reading: {
    ...{
      formats: ['nginx'],
      lines: 3,
      others: 0,
      unknown: 1,
      unknownExamples: ['<b>who are you</b>'],
      shiftMs: -7_200_000,
    },
    counts: [
      {
        ...{ cause: 'origin-header-too-big', upstream: '127.0.0.1:3000', count: 2, within: 1, firstAt: at, lastAt: at },
        example: 'upstream sent too big header',
      },
    ],
    entries: [
      {
        ...{ line: 1, format: 'nginx', at, cause: 'origin-header-too-big', upstream: '127.0.0.1:3000', within: true },
        ...{ regions: ['fra'], text: 'upstream sent too big header, client: [redacted]' },
      },
      {
        ...{ line: 2, format: 'nginx', at, cause: 'origin-header-too-big', upstream: '127.0.0.1:3000', within: false },
        ...{ regions: [], text: 'upstream sent too big header later' },
      },
    ],
  },
});
