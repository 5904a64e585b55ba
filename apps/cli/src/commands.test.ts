import { spawnSync } from 'node:child_process';
import { type Case, type Cause, causes, diagnose, type LogFormat, type LogReading } from '@farwatch/diagnosis';
import { expect, test } from 'vitest';

const at = Date.UTC(2026, 10, 28, 4);
const logOf = (format: LogFormat, cause: Cause, upstream: string | null): LogReading => ({
  ...{ formats: [format], lines: 9, others: 0, unknown: 0, unknownExamples: [], shiftMs: 0, entries: [] },
  counts: [{ cause, upstream, count: 9, within: 9, firstAt: at, lastAt: at, example: '' }],
});
const caseOf = (log: LogReading): Case => ({
  ...{ host: 'shop.example', others: [], before: null, log, downForMs: null },
  look: {
    ...{ ref: { region: 'fra', family: 'any', at }, url: 'https://shop.example:8443/a', method: 'GET', failure: null },
    ...{ degraded: null, totalMs: null, phases: null, hops: [], findings: [], twin: null, answer: null },
  },
});
const upstreams = [
  ...[null, '127.0.0.1:3000', '127.0.0.1:8000', '[::1]:9000', 'app:8080', 'app.shop.svc.cluster.local:80'],
  ...['unix:/run/php/php8.2-fpm.sock', 'unix:/run/gunicorn.sock', '10.0.0.7; reboot:80', 'unix:/run/$(reboot).sock'],
];
const isForShell = (title: string): boolean => !title.includes('(PowerShell)');

test('every command that is offered is one that a shell can read, and none has what an attacker wrote in it', () => {
  const commands = new Set<string>();
  for (const format of ['nginx', 'apache', 'haproxy', 'caddy', 'php-fpm'] as const)
    for (const cause of causes)
      for (const upstream of upstreams) {
        const { firstFix, nextCheck } = diagnose(caseOf(logOf(format, cause, upstream)));
        for (const { kind, title, text } of [...firstFix.snippets, ...nextCheck.snippets])
          if (kind === 'command' && isForShell(title)) commands.add(text);
      }
  expect(commands.size).toBeGreaterThan(100);
  const unread = [...commands].filter((text) => spawnSync('bash', ['-n'], { input: text }).status !== 0);
  expect(unread).toEqual([]);
  expect([...commands].filter((text) => text.includes('reboot'))).toEqual([]);
});
