import type { Cause, HopWord } from '@farwatch/diagnosis';
import type { Behaviour } from './origins.ts';

type What = Readonly<{ broke: readonly HopWord[]; causes: readonly Cause[] }>;
const origin = (...causes: readonly Cause[]): What => ({ broke: ['origin'], causes });

/** What is broken when an origin behaves so, whoever stands before it. */
export const behindGateway = {
  dead: { broke: ['origin'], causes: ['origin-not-listening'] },
  silent: origin('origin-timeout'),
  closes: origin('origin-closed-early'),
  'closes-at-once': origin('origin-closed-early', 'origin-reset'),
  'dies-working': origin('origin-closed-early'),
  resets: origin('origin-reset'),
  'resets-at-once': origin('origin-reset'),
  garbage: origin('origin-invalid-response'),
  ssh: { broke: ['origin', 'gateway'], causes: ['origin-invalid-response', 'gateway-wrong-target'] },
  tls: {
    broke: ['gateway', 'link', 'origin'],
    causes: ['gateway-wrong-target', 'upstream-tls', 'origin-closed-early', 'origin-invalid-response', 'wrong-scheme'],
  },
  'huge-headers': origin('origin-header-too-big'),
  'cut-head': origin('origin-closed-early', 'origin-invalid-response', 'truncated-body'),
  'cut-body': origin('truncated-body', 'origin-closed-early'),
  'reset-body': origin('truncated-body', 'origin-reset', 'origin-closed-early'),
  'cut-chunks': origin('truncated-body', 'origin-closed-early'),
  error500: origin('app-error'),
  'error500-php': origin('app-error'),
  maintenance: origin('maintenance'),
  refusing: origin('origin-refusing'),
  limited: { broke: ['client', 'origin'], causes: ['rate-limited'] },
  missing: { broke: ['origin', 'client'], causes: ['not-found'] },
  empty: origin('empty-page'),
  'masked-title': origin('masked-outage'),
  'masked-php': origin('masked-outage', 'app-error'),
  'masked-database': origin('masked-outage', 'app-error'),
  'masked-json': origin('masked-outage', 'app-error'),
  'gzip-cut': origin('compression-or-length', 'truncated-body'),
  'gzip-corrupt': origin('compression-or-length'),
  'gzip-not': origin('compression-or-length'),
  'gzip-length': origin('compression-or-length', 'truncated-body'),
  'length-long': origin('compression-or-length', 'truncated-body', 'origin-closed-early'),
} as const satisfies Readonly<Partial<Record<Behaviour, What>>>;
export type Told = keyof typeof behindGateway;
