import { probeAlive, type SignOfLife, SignOfLife as SignOfLifeSchema } from '@farwatch/contracts';
import type { CoreAnswer } from '@farwatch/domain';
import { startTarget, startUnaccepting, waitUntil } from '@farwatch/testkit';
import { Compile } from 'typebox/compile';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silent } from './probe.fixture.ts';
import { openSignsOfLife, type SignsOfLife } from './sign-of-life.ts';

const wire = Compile(SignOfLifeSchema);
const sign: SignOfLife = {
  ...{ probeId: 'fra.1', version: '0.1.0', at: '2026-11-27T12:00:00.000Z', clockOffsetMs: 12, blind: false },
  batches: ['01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e', '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4f'],
  ...{ assignments: null, counts: { due: 1, open: 0, up: 1, degraded: 0, down: 0, inconclusive: 0, missed: 0 } },
};
let open: SignsOfLife[];
beforeEach(() => {
  open = [];
});
afterEach(async () => {
  for (const life of open) await life.stop();
});

const stage = (apiUrl: string) => {
  const heard: CoreAnswer[] = [];
  const changes: string[] = [];
  const stored: (readonly string[] | undefined)[] = [];
  const life = openSignsOfLife({
    ...{ apiUrl, token: 'a-token-of-the-region', log: silent, steady: () => performance.now() },
    say: async () => sign,
    hear: (answer) => void heard.push(answer),
    hearStored: async (asked, answer) => {
      stored.push(answer);
      return answer !== undefined && answer.length < asked.length; // the rest at once
    },
    onChange: () => void changes.push('changed'),
  });
  open.push(life);
  return { life, heard, changes, stored };
};

test('the core hears what the contract says, and the probe the time and that there is something to pull', async () => {
  const asked: { url: string; key: string; body: unknown }[] = [];
  await using api = await startTarget((req, res) => {
    let text = '';
    req.on('data', (chunk) => {
      text += chunk;
    });
    req.on('end', () => {
      asked.push({ url: req.url ?? '', key: req.headers.authorization ?? '', body: JSON.parse(text) });
      const answer = { at: '2026-11-27T12:00:00.250Z', assignmentsChanged: asked.length > 1 };
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  const { life, heard, changes } = stage(api.url);
  await life.start();
  expect(asked[0]).toMatchObject({ url: probeAlive.url, key: 'Bearer a-token-of-the-region' });
  expect(wire.Check(asked[0]?.body)).toBe(true);
  expect(heard[0]?.coreAt).toBe(Date.parse('2026-11-27T12:00:00.250Z'));
  expect(heard[0]?.gotAt).toBeGreaterThanOrEqual(heard[0]?.sentAt ?? Number.POSITIVE_INFINITY);
  expect(changes).toEqual([]);
  await life.now();
  expect(changes).toEqual(['changed']);
});

test('what the core has of the batches is heard, and more is asked for at once as long as there is more', async () => {
  let asked = 0;
  await using api = await startTarget((_, res) => {
    asked += 1;
    const all = sign.batches ?? [];
    const answer = { at: '2026-11-27T12:00:00.250Z', assignmentsChanged: false, stored: all.slice(0, asked) };
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  const { life, stored } = stage(api.url);
  await life.now();
  expect(stored.map((ids) => ids?.length)).toEqual([1, 2]);
});

test.each([
  ['that knows no signs of life', 404, '{}'],
  ['that has trouble', 500, 'oops'],
  ['that answers something else', 200, '<html>'],
  ['that leaves out the time', 200, '{"assignmentsChanged":true}'],
])('an API %s changes nothing', async (_, status, text) => {
  await using api = await startTarget((__, res) => res.writeHead(status).end(text));
  const { life, heard, changes } = stage(api.url);
  await life.start();
  await life.now();
  expect([heard, changes]).toEqual([[], []]);
});

test('an API that never answers holds the start up two seconds and no longer', async () => {
  await using api = await startUnaccepting();
  const { life, heard } = stage(`http://127.0.0.1:${api.port}`);
  const began = performance.now();
  await life.start();
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(heard).toEqual([]);
});

test('an API that is not there is no reason to wait', async () => {
  const { life } = stage('http://127.0.0.1:1');
  await life.start();
  await waitUntil(async () => life.now().then(() => true));
});
