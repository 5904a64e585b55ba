import { connectionDefaults } from '@farwatch/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Api, regionTokens, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.sql.query('DELETE FROM monitor'));

const create = (body: object) => api.call(api.mine.writer, 'POST', '/v1/monitors', { body });
const url = 'https://shop.example/';

describe('how a monitor’s connections are made', () => {
  const connection = {
    ...{ httpVersion: '2', family: 'both', serverName: 'edge.example', hostHeader: 'shop.example:8443' },
    resolvers: ['1.1.1.1', '[2606:4700:4700::1111]:53'],
    origin: 'https://203.0.113.7:8443',
  };
  const patch = (id: string, change: object) =>
    api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body: { connection: change } });
  const kinds = async (id: string) =>
    (await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/changes`)).body.items.map(
      ({ kind }: { kind: string }) => kind,
    );

  test('has a default for all of it', async () => {
    expect((await create({ url })).body.connection).toEqual(connectionDefaults);
  });
  test('is kept, goes to the probes, and is another question when a part of it changes', async () => {
    const { body, status } = await create({ url, connection: { ...connection, origin: null } });
    expect([status, body.connection]).toEqual([201, { ...connection, origin: null }]);
    const pulled = await api.call(`Bearer ${regionTokens.fra}`, 'GET', '/v1/probe/assignments');
    expect(pulled.body.assignments).toMatchObject([{ connection: { ...connection, origin: null } }]);
    await patch(body.id, { family: 'both' });
    expect(await kinds(body.id)).toEqual([]);
    expect((await patch(body.id, { family: 'ipv4' })).body.connection).toMatchObject({
      family: 'ipv4',
      httpVersion: '2',
    });
    expect(await kinds(body.id)).toEqual(['changed']);
  });
  test.each([
    ['httpVersion', '3', '/connection/httpVersion'],
    ['serverName', 'no name', '/connection/serverName'],
    ['hostHeader', 'a\r\nX: y', '/connection/hostHeader'],
    ['resolvers', ['1.1.1.1', 'dns.example'], '/connection/resolvers/1'],
    ['resolvers', ['10.0.0.53'], '/connection/resolvers/0'],
    ['resolvers', ['169.254.169.254'], '/connection/resolvers/0'],
    ['origin', 'https://10.0.0.7', '/connection/origin'],
    ['origin', 'https://169.254.169.254', '/connection/origin'],
    ['origin', 'ftp://203.0.113.7', '/connection/origin'],
    ['origin', 'https://203.0.113.7/admin', '/connection/origin'],
    ['origin', 'https://user:pass@203.0.113.7', '/connection/origin'],
  ])('%s %j is refused at its place', async (name, value, pointer) => {
    const { status, body } = await create({ url, connection: { [name]: value } });
    expect(status).toBe(400);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });
  test('leads a sealed log-in nowhere else unless it is entered again', async () => {
    const auth = { kind: 'bearer', token: 'prod-token-123' };
    const { body } = await create({ url, auth });
    for (const change of [
      { origin: 'https://attacker.example' },
      { resolvers: ['9.9.9.9'] },
      { serverName: 'a.example' },
    ]) {
      const refused = await patch(body.id, change);
      expect([refused.status, refused.body.errors?.[0].pointer]).toEqual([400, '/auth']);
    }
    expect((await patch(body.id, { family: 'ipv4', origin: null })).status).toBe(200);
    const again = { connection: { origin: 'https://93.184.215.15' }, auth };
    expect((await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${body.id}`, { body: again })).status).toBe(200);
  });
  test('over both families needs a name that can have both', async () => {
    const { status, body } = await create({ url: 'https://93.184.215.14/', connection: { family: 'both' } });
    expect([status, body.errors[0].pointer]).toEqual([400, '/connection/family']);
  });
});
