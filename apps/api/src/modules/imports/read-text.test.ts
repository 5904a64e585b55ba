import { readFileSync } from 'node:fs';
import { naughtyTexts } from '@farwatch/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnreadableError } from './entry.ts';
import { urlOf } from './read-lines.ts';
import { readText } from './read-text.ts';

const read = (text: string) => readText(text, 'auto');
const monitors = (text: string) => read(text).entries.map(({ monitor, fault }) => monitor ?? fault);

describe('a pasted list', () => {
  test.each([
    ['https://a.example/', ['https://a.example/']],
    ['a.example\nb.example:8080/path?x=1', ['https://a.example', 'https://b.example:8080/path?x=1']],
    ['http://a.example, https://b.example; c.example', ['http://a.example', 'https://b.example', 'https://c.example']],
    ['# mine\n\n// too\nwww.münchen.example', ['https://www.münchen.example']],
    ['<https://a.example/x>,\r\n"b.example"', ['https://a.example/x', 'https://b.example']],
    ['10.0.0.1:8080/health', ['https://10.0.0.1:8080/health']],
  ])('%j', (text, urls) => {
    expect(read(text)).toMatchObject({
      format: 'lines',
      entries: urls.map((url) => ({ monitor: { url }, fault: null })),
    });
  });
  test('a name before a tab is the monitor’s', () => {
    expect(monitors('The shop\thttps://shop.example')).toEqual([{ name: 'The shop', url: 'https://shop.example' }]);
  });
  test.each(['hello', 'ftp://a.example', 'mailto:ada@a.example', 'javascript:alert(1)', 'a b c', 'shop'])(
    '%j is no URL, and its line is named',
    (line) => {
      expect(read(`a.example\n${line}`).entries[1]).toMatchObject({ at: 2, monitor: null, fault: expect.any(String) });
    },
  );
});

describe('CSV', () => {
  test('columns in any order, by the names that others give them', () => {
    const csv =
      'Website;Friendly Name;Tags;Interval;state\r\nshop.example;"The; shop";eu,vip;60;paused\r\n;nothing;;;\r\n';
    const { format, entries } = read(csv);
    expect(format).toBe('csv');
    expect(entries).toMatchObject([
      {
        monitor: { url: 'https://shop.example', name: 'The; shop', tags: ['eu', 'vip'], intervalMs: 60_000 },
        paused: true,
      },
      { monitor: null, name: 'nothing', fault: 'There is no URL in this row.' },
    ]);
  });
  test('lengths with their unit, and Excel’s line that names the delimiter', () => {
    const csv = 'sep=;\r\nurl;interval;timeout\r\na.example;5 minutes;10s\r\nb.example;0.5 h;\r\nc.example;often;\r\n';
    const { format, entries } = read(csv);
    expect(format).toBe('csv');
    expect(entries).toMatchObject([
      { monitor: { intervalMs: 300_000, timeoutMs: 10_000 } },
      { monitor: { intervalMs: 1_800_000 } },
      { monitor: null, fault: 'Its interval “often” is no length: write 30, 30 s or 5 min.' },
    ]);
  });
  test('columns that are not used are said', () => {
    expect(read('url,colour\na.example,red').entries[0]?.notes).toEqual(['Columns that are not used: colour.']);
  });
  test('without a column of URLs it is refused with the reason', () => {
    expect(() => readText('name,colour\na,b', 'csv')).toThrow(/one of them must be “url”/u);
  });
});

describe('Uptime Kuma’s backup', () => {
  const backup = (...monitorList: object[]) =>
    JSON.stringify({ version: '1.23.11', notificationList: [], monitorList });
  const http = {
    ...{ id: 1, name: 'Shop', type: 'http', url: 'https://shop.example/', method: 'GET', interval: 60, active: 1 },
    ...{ maxretries: 2, timeout: 48, accepted_statuscodes: ['200-299', '401'], maxredirects: 5, ignoreTls: false },
  };
  test('keeps what a check is made of', () => {
    expect(read(backup(http))).toMatchObject({
      format: 'uptime-kuma',
      entries: [
        {
          ...{ at: 1, name: 'Shop', paused: false, notes: [] },
          monitor: {
            ...{ url: 'https://shop.example/', intervalMs: 60_000, timeoutMs: 48_000, expectedStatuses: '200-299,401' },
            ...{ maxRedirects: 5, policy: { failuresToOpen: 3 } },
          },
        },
      ],
    });
  });
  test('keywords, JSON queries, headers, log-ins, tags and groups', () => {
    const group = { id: 9, type: 'group', name: 'Berlin' };
    const tags = [{ name: 'env', value: 'prod' }, { name: 'shop' }];
    const keyword = { ...http, type: 'keyword', keyword: 'ok', invertKeyword: true, tags, parent: 9, active: false };
    const json = { ...http, type: 'json-query', jsonPath: '$.status', expectedValue: 'up', headers: '{"X-A":"1"}' };
    const basic = { ...http, basic_auth_user: 'ada', basic_auth_pass: 'secret', ignoreTls: 1, upsideDown: true };
    const [first, second, third, fourth] = read(backup(group, keyword, json, basic)).entries;
    expect(first).toMatchObject({ monitor: null, fault: expect.stringContaining('group') });
    expect(second).toMatchObject({
      paused: true,
      monitor: {
        assertions: [{ kind: 'body', compare: 'not-contains', value: 'ok' }],
        tags: ['Berlin', 'env:prod', 'shop'],
      },
    });
    expect(third?.monitor).toMatchObject({
      headers: { 'X-A': '1' },
      assertions: [{ kind: 'json', path: '$.status', compare: 'equals', value: 'up' }],
    });
    expect(fourth?.monitor).toMatchObject({
      verifyTls: false,
      auth: { kind: 'basic', username: 'ada', password: 'secret' },
    });
    expect(fourth?.notes).toEqual(['It was upside down: an answer counted as down. That is not kept.']);
  });
  test.each([
    ['a list', (row: object) => [row]],
    ['by id, as version 2 sends it', (row: object) => ({ 1: row })],
    ['under “monitors”', (row: object) => ({ monitors: [row] })],
  ])('monitors alone are read as well: %s', (_, wrapped) => {
    expect(read(JSON.stringify(wrapped(http)))).toMatchObject({
      format: 'uptime-kuma',
      entries: [{ name: 'Shop', monitor: { url: 'https://shop.example/', policy: { failuresToOpen: 3 } } }],
    });
  });
  test('a body keeps the type that Kuma sends with it, unless a header names another', () => {
    const post = { ...http, method: 'POST', body: '{"a":1}', httpBodyEncoding: null };
    const xml = { ...post, body: '<a/>', httpBodyEncoding: 'xml' };
    const own = { ...post, headers: '{"content-type":"application/ld+json"}' };
    expect(read(backup(post, xml, own)).entries.map(({ monitor }) => monitor?.headers)).toEqual([
      { 'Content-Type': 'application/json' },
      { 'Content-Type': 'text/xml; charset=utf-8' },
      { 'content-type': 'application/ld+json' },
    ]);
  });
  test('a JSON query without its dollar means the same', () => {
    const json = { ...http, type: 'json-query', jsonPath: 'data.ok', expectedValue: 'true' };
    expect(read(backup(json)).entries[0]?.monitor).toMatchObject({ assertions: [{ kind: 'json', path: '$.data.ok' }] });
  });
  test.each(['ping', 'port', 'dns', 'push', 'docker', 'mqtt'])('a %s monitor is named, not lost', (type) => {
    expect(read(backup({ ...http, type })).entries).toMatchObject([
      { name: 'Shop', monitor: null, fault: `A monitor of type “${type}” watches no URL over HTTP.` },
    ]);
  });
  test('anything else is refused with the reason', () => {
    expect(() => readText('{"a":1}', 'uptime-kuma')).toThrow(/monitorList/u);
    expect(() => readText('{', 'uptime-kuma')).toThrow(/no JSON/u);
  });
});

describe('our YAML', () => {
  test('a list of what the API takes, or of URLs alone', () => {
    const yaml =
      'version: 1\nmonitors:\n  - https://a.example/\n  - url: https://b.example/\n    tags: [eu]\n    paused: true\n';
    expect(read(yaml)).toMatchObject({
      format: 'yaml',
      entries: [
        { monitor: { url: 'https://a.example/' }, paused: false },
        { monitor: { url: 'https://b.example/', tags: ['eu'] }, paused: true },
      ],
    });
  });
  test.each([
    ['monitors: {', /no YAML/u],
    ['version: 2\nmonitors: []', /version 2/u],
    ['version: 1\nmonitor: []', /no list/u],
    ['monitors: [&a [x], *a]', /./u], // an alias
  ])('%j is refused with the reason', (text, why) => {
    expect(() => readText(text, 'yaml')).toThrow(why);
  });
});

test('another tool’s JSON is not taken for Uptime Kuma’s', () => {
  expect(read('{"monitors":[{"url":"https://a.example/"}]}')).toMatchObject({ format: 'yaml' });
});

test('whatever comes is read or refused in words, never a crash', () => {
  for (const text of naughtyTexts())
    for (const format of ['auto', 'lines', 'csv', 'uptime-kuma', 'yaml'] as const) {
      try {
        expect(Array.isArray(readText(text, format).entries)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableError);
      }
    }
});

test('what is taken for a URL is one, by HTTP or HTTPS', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.string(), fc.string({ unit: 'grapheme' })), (word) => {
      const url = urlOf(word);
      if (url !== null) expect(new URL(url).protocol).toMatch(/^https?:$/u);
    }),
  );
});

test('the example of docs/monitors-as-yaml.md is read as it says', () => {
  const page = readFileSync(new URL('../../../../../docs/monitors-as-yaml.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/u.exec(page) ?? [];
  const { format, entries } = read(example);
  expect(format).toBe('yaml');
  expect(entries.map(({ monitor }) => monitor?.url)).toEqual([
    'https://example.com/',
    'https://shop.example.com/',
    'https://api.example.com/v1/orders',
  ]);
  expect(entries.map(({ paused }) => paused)).toEqual([false, false, true]);
});

test.each([
  ['brackets around nothing', `a${')"'.repeat(1_000_000)}a`],
  ['empty lines', '\n'.repeat(2_000_000)],
  ['a cell of spaces', `url,tags\na.example,a${' '.repeat(1_900_000)}a`],
  ['many keys', `version: 1\n${Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n')}`],
  ['a long column name', `url,${'x'.repeat(1_900_000)}\n${'a.example\n'.repeat(1_000)}`],
])('two million characters of %s hold nobody up', { timeout: 10_000 }, (_, text) => {
  try {
    expect(JSON.stringify(readText(text, 'auto')).length).toBeLessThan(10_000_000);
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableError);
  }
});
