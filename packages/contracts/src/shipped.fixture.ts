/** For tests: what was once on a queue, as it was. Never changed, only added to. */
export const shipped: Readonly<
  Record<
    'check-reports' | 'confirm-checks.one-look' | 'confirm-checks.burst' | 'page-reads' | 'page-answers',
    readonly unknown[]
  >
> = {
  'check-reports': [
    {
      probeId: 'fra.01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4f',
      batchId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d50',
      sentAt: 1795000000500,
      results: [
        {
          monitorId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
          region: 'fra',
          family: 'any',
          trigger: 'schedule',
          scheduledAt: 1795000000000,
          startedAt: 1795000000002,
          totalMs: 41.2,
          outcome: { verdict: 'up' },
          status: 200,
          bytes: 512,
          remoteAddress: '192.0.2.7',
          phases: { dnsMs: 1.5, connectMs: 2.2, tlsMs: null, firstByteMs: 30.1, downloadMs: 0.5 },
        },
      ],
    },
    {
      probeId: 'fra.01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4f',
      batchId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d51',
      sentAt: 1795003600500,
      clockOffsetMs: 3600000,
      results: [
        {
          monitorId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
          region: 'fra',
          family: 'any',
          trigger: 'schedule',
          scheduledAt: 1795000000000,
          startedAt: 1795000000002,
          totalMs: 41.2,
          outcome: { verdict: 'inconclusive', reason: 'probe blind: connect error (ENETUNREACH)' },
          status: null,
          bytes: null,
          remoteAddress: null,
          certificateEndsAt: null,
          phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, downloadMs: null },
        },
      ],
    },
    {
      probeId: 'fra.01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4f',
      batchId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d52',
      sentAt: 1795003600500,
      results: [
        {
          monitorId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
          region: 'fra',
          family: 'ipv6',
          trigger: 'schedule',
          scheduledAt: 1795003600000,
          startedAt: 1795003600002,
          totalMs: 41.2,
          outcome: { verdict: 'down', failure: { kind: 'network', phase: 'protocol', code: 'NOT_CODED' } },
          status: 200,
          bytes: 2,
          remoteAddress: '2001:db8::7',
          certificateEndsAt: 1800000000000,
          phases: { dnsMs: 1.5, connectMs: 2.2, tlsMs: 9.1, firstByteMs: 27.9, downloadMs: 0.5 },
          evidence: {
            url: 'https://shop.example/',
            status: 200,
            reason: 'OK',
            headers: [['Content-Encoding', 'gzip']],
            bodyBase64: 'aGk=',
            bodyTruncated: false,
            decodedBase64: 'aGk=',
          },
          details: {
            hops: [
              {
                url: 'https://shop.example/',
                tried: [{ address: '2001:db8::7', code: null, ms: 2.1 }],
                address: '2001:db8::7',
                httpVersion: '1.1',
                status: 200,
                tls: {
                  version: 'TLSv1.3',
                  cipher: 'TLS_AES_256_GCM_SHA384',
                  certificate: {
                    subject: 'CN=shop.example',
                    issuer: 'CN=R11',
                    names: ['DNS:shop.example'],
                    startsAt: 1790000000000,
                    endsAt: 1800000000000,
                    serial: '04AB',
                    sha256: 'AA:BB',
                    chain: [{ subject: 'CN=R11', issuer: 'CN=ISRG Root X1', endsAt: null }],
                  },
                  daysLeft: 57,
                  stapled: false,
                  error: null,
                },
                phases: { dnsMs: 1.5, connectMs: 2.2, tlsMs: 9.1, requestMs: 0.1, firstByteMs: 27.8, downloadMs: 0.5 },
                wireBytes: 2,
                decodedBytes: 2,
                coding: 'gzip',
              },
            ],
            findings: [
              { kind: 'compression', code: 'NOT_CODED', text: 'the body is not compressed', withIdentity: 'good' },
            ],
            twin: {
              origin: 'https://192.0.2.9',
              verdict: 'bad',
              reason: 'connect error (ECONNREFUSED)',
              hop: null,
              bodyBase64: null,
              headers: [],
            },
          },
        },
      ],
    },
  ],
  'confirm-checks.one-look': [
    {
      monitorId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
      region: 'fra',
      trigger: 'request',
      scheduledAt: 1795000003120,
      expiresAt: 1795000063120,
    },
  ],
  'confirm-checks.burst': [
    {
      monitorId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
      region: 'fra',
      trigger: 'confirmation',
      scheduledAt: 1795000003120,
      expiresAt: 1795000600000,
      burst: { kind: 'begin', startedAt: 1795000000000, regions: ['fra', 'iad', 'sin'] },
    },
    {
      monitorId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
      region: 'fra',
      trigger: 'confirmation',
      scheduledAt: 1795000063120,
      expiresAt: 1795000063120,
      burst: { kind: 'end', startedAt: 1795000061000, regions: ['fra', 'iad', 'sin'] },
    },
  ],
  'page-reads': [
    {
      readId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
      region: 'fra',
      kind: 'sitemap',
      url: 'https://example.com/',
      expiresAt: 1795000020000,
    },
  ],
  'page-answers': [
    {
      readId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
      answer: { kind: 'sitemap', urls: ['https://example.com/about'], notes: ['Left out: it answered 404.'] },
    },
    {
      readId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
      answer: { kind: 'failed', reason: 'https://example.com/sitemap.xml answered 404' },
    },
  ],
};
