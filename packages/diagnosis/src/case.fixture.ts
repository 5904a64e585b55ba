import type { Failure, Hop, HopPhases } from '@farwatch/domain';
import type { Answer, Case, OtherLook, SeenLook } from './case.ts';

const at = 1_764_302_400_000;

const phases = (firstByteMs: number | null): HopPhases => ({
  ...{ dnsMs: 1, connectMs: 8, tlsMs: 12, requestMs: 0.1, firstByteMs },
  downloadMs: firstByteMs === null ? null : 0.5,
});

export const hop = (more: Partial<Hop> = {}): Hop => ({
  ...{ url: 'https://shop.example/', tried: [], address: '203.0.113.7', httpVersion: '1.1', status: null, tls: null },
  ...{ phases: phases(null), wireBytes: null, decodedBytes: null, coding: null },
  ...more,
});

export const answer = (more: Partial<Answer> = {}): Answer => ({
  ...{ status: 200, reason: 'OK', httpVersion: '1.1', bodyBytes: more.body?.length ?? 0, body: '' },
  headers: [['Content-Type', 'text/html']],
  ...more,
});

export const look = (more: Partial<SeenLook> = {}): SeenLook => ({
  ref: { region: 'fra', family: 'any', at },
  ...{ url: 'https://shop.example/', method: 'GET', failure: null, degraded: null, totalMs: 40, phases: null },
  ...{ hops: [], findings: [], twin: null, answer: null },
  ...more,
});

export const caseOf = (more: Partial<SeenLook> = {}, rest: Partial<Omit<Case, 'look'>> = {}): Case => ({
  ...{ host: 'shop.example', others: [], before: null, log: null, downForMs: null },
  ...rest,
  look: look(more),
});

/** A look that was answered with this status `waitedMs` after the request. */
export const failing = (status: number, waitedMs: number, more: Partial<Answer> = {}): Partial<SeenLook> => {
  const failure: Failure | null = status >= 400 ? { kind: 'status', status } : null;
  const hops = [hop({ status, phases: phases(waitedMs + 8) })];
  return { failure, hops, totalMs: waitedMs + 30, answer: answer({ status, reason: null, ...more }) };
};

export const nginxPage = (words: string): string =>
  `<html>\r\n<head><title>${words}</title></head>\r\n<body>\r\n<center><h1>${words}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

/** A plain nginx 502. */
export const nginx502 = (waitedMs = 2): Partial<SeenLook> =>
  failing(502, waitedMs, {
    reason: 'Bad Gateway',
    headers: [
      ['Server', 'nginx'],
      ['Date', 'Sat, 28 Nov 2026 04:00:00 GMT'],
      ['Content-Type', 'text/html'],
      ['Content-Length', '150'],
      ['Connection', 'keep-alive'],
    ],
    body: nginxPage('502 Bad Gateway'),
  });

export const other = (region: string, verdict: OtherLook['verdict'], more: Partial<OtherLook> = {}): OtherLook => ({
  ref: { region, family: 'any', at: at + 3_000 },
  ...{ verdict, code: verdict === 'bad' ? '502' : null, address: '203.0.113.7', totalMs: 50 },
  ...more,
});

export const before = {
  ...{ incidents: [], marks: [], usualMs: null, lastMs: null, certificateChangedAt: null, addressChangedAt: null },
} as const;
export const beganAt = at;
