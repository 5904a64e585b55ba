import { needs, programOnPath, redisAvailable } from '@farwatch/testkit';
import { Webhook } from 'standardwebhooks';
import { test as always, describe, expect } from 'vitest';
import { chromiumPath } from './browser.ts';
import { playStory, type Story, storyIntervalMs } from './story.ts';

const { test } = needs('nginx and chromium', programOnPath('nginx') !== null && chromiumPath !== null);

const verified = (story: Story, index: 0 | 1): unknown => {
  const { body, headers } = story.calls[index];
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new Webhook(story.secret).verify(body, sent);
};

const expectTruth = (story: Story): void => {
  const { incident, wentAt, cameAt, mails, failedAt } = story;
  expect(story.nginxLog).toContain('Connection refused');
  expect(story.firstCheckMs).toBeLessThanOrEqual(5_000);
  expect(incident).toMatchObject({
    status: 'resolved',
    endReason: 'recovered',
    cause: { kind: 'status', status: 502 },
  });
  expect(incident.spans).toMatchObject([
    { region: 'local', code: '502', startedAt: incident.startedAt, endedAt: incident.resolvedAt },
  ]);
  expect(failedAt.length).toBeGreaterThanOrEqual(2);
  expect(Math.abs(Date.parse(incident.startedAt) - wentAt)).toBeLessThanOrEqual(storyIntervalMs);
  expect(Math.abs(Date.parse(incident.resolvedAt ?? '') - cameAt)).toBeLessThanOrEqual(storyIntervalMs);
  expect(mails[0].at - story.secondFailureEndedAt).toBeLessThanOrEqual(3_000);
  for (const [i, type] of [
    [0, 'incident.opened'],
    [1, 'incident.resolved'],
  ] as const) {
    expect(verified(story, i)).toMatchObject({
      type,
      data: { incident: { id: incident.id, startedAt: incident.startedAt } },
    });
    expect(mails[i].to).toEqual(['ada@lighthouse.example']);
    expect(mails[i].parsed.text).toContain('502');
    expect(mails[i].parsed.text).toContain(`/incidents/${incident.id}`);
  }
  expect(mails[1].parsed.text).toMatch(/\d+ s/);
  // A visitor who asks who they are is told 401, and Chromium writes that down.
  expect(story.pageErrors.filter((line) => !line.includes('401 (Unauthorized)'))).toEqual([]);
};

describe('a site goes 200 → 502 → 200, from sign-up to the recovery mail', () => {
  const said: string[] = [];
  const tell = (line: string): void => void said.push(line);

  test('with the queue on PostgreSQL, as on a machine with Node alone', async () => {
    expectTruth(await playStory({ tell, env: { FARWATCH_QUEUE: 'postgres' } }));
  });
  const redis = redisAvailable ? test : needs('redis-server', false).test;
  redis('with the queue on Redis', async () => {
    expectTruth(await playStory({ tell, env: { FARWATCH_QUEUE: 'redis' } }));
  });
  always('a webhook body changed by one byte is refused by the reference library', () => {
    const webhook = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const at = new Date();
    const headers = {
      'webhook-id': 'x',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': webhook.sign('x', at, '{"a":1}'),
    };
    expect(webhook.verify('{"a":1}', headers)).toEqual({ a: 1 });
    expect(() => webhook.verify('{"a":2}', headers)).toThrow();
  });
});
