import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';

/** On a whole minute of yesterday, so that the log lies in partitions that exist and is not of the future. */
export const start = Math.floor(Date.now() / 60_000) * 60_000 - 20 * 3_600_000;

/** One look a second and region, the newest at `start + (count - 1) s`; every tenth is a 502. */
const fillOf = (api: Api) => async (id: string, count: number, region: string) => {
  const looks = Array.from({ length: count }, (_, i) =>
    resultOf(id, i % 10 === 9 ? '502' : 'up', start + i * 1_000, {
      region,
      startedAt: start + i * 1_000 + 7,
      totalMs: 100 + i / 1_000,
      remoteAddress: '192.0.2.1',
      phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 90, downloadMs: null },
    }),
  );
  await keepResults(api.db, looks);
};

/** An API with a monitor of forty looks from each of two regions. */
export const startLog = async () => {
  const api = await startApi();
  const fill = fillOf(api);
  const create = async (name: string): Promise<string> =>
    (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { name, url: 'https://example.com/' } })).body.id;
  const monitorId = await create('log');
  await fill(monitorId, 40, 'fra');
  await fill(monitorId, 40, 'iad');
  const results = (query = '', headers: Record<string, string> = {}) =>
    api.call(api.mine.reader, 'GET', `/v1/monitors/${monitorId}/results?${query}`, { headers });
  return { api, monitorId, fill, create, results };
};
export type Log = Awaited<ReturnType<typeof startLog>>;
