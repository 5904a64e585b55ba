import { redisAvailable } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { runChaos } from './chaos/run.ts';

test('no look, incident or message is lost, doubled or invented, whatever is killed meanwhile', {
  timeout: 240_000,
}, async () => {
  const said: string[] = [];
  const { counts, broken } = await runChaos({
    ...{ span: { kills: 8 }, sites: 12, seed: Date.now() % 1_000_000, tell: (line) => void said.push(line) },
    queue: redisAvailable ? 'redis' : 'postgres',
    size: { organisations: 2, monitorsEach: 6, flapping: 3 },
    incidentEveryMs: 3_000,
    betweenMs: [2_000, 4_000],
    settleMs: 170_000,
  });
  expect(broken, `${said.join('\n')}\n${JSON.stringify(counts, null, 2)}`).toEqual([]);
  expect(counts.kills).toBe(8);
  expect(counts['  delivered']).toBeGreaterThan(20);
});
