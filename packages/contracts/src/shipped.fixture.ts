/** For tests: what was once on a queue, as it was. Never changed, only added to. */
export const shipped: Readonly<
  Record<'check-reports' | 'confirm-checks.one-look' | 'confirm-checks.burst', readonly unknown[]>
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
};
