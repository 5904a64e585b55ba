import { naughtyTexts, startTarget, waitUntil } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { signUp } from './world.ts';

type Made = Readonly<{ id: string }>;
type Items = Readonly<{ items: readonly Readonly<{ id: string; status: string }>[] }>;

/** What tries hardest, beside the lists from elsewhere: each way into a page that a template, an attribute or a link opens. */
const own = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "'-alert(1)-'",
  'javascript:alert(1)',
  '[press](javascript:alert(1)) ![x](x"onerror="alert(1))',
  '<svg/onload=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  ['$', '{alert(1)}'].join(''),
];

/** One page of everything, as an answer's body. */
const bodyOf = (texts: readonly string[]): string => `<html><body>${texts.join('\n<hr>\n')}</body></html>`;
/** What Node lets into a header. */
const headerOf = (text: string): string => text.replace(/[^\x20-\x7e]/gu, '').slice(0, 200);

const startSite = (texts: readonly string[]) =>
  startTarget((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    for (const [i, text] of own.entries()) response.setHeader(`x-hostile-${i}`, headerOf(text));
    response.setHeader('server', headerOf(own[0] ?? ''));
    response.writeHead(502, headerOf(own[1] ?? ''));
    response.end(bodyOf(texts));
  });

const caller =
  (page: Page, url: string) =>
  async <T>(method: string, path: string, data?: unknown): Promise<T | null> => {
    const response = await page.request.fetch(url + path, {
      method,
      headers: { origin: new URL(url).origin },
      ...(data === undefined ? {} : { data }),
    });
    if (response.status() >= 500) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
    return response.ok() ? ((await response.json()) as T) : null; // refused is fine: what is not stored is not shown
  };
type Call = ReturnType<typeof caller>;

/** The text, as a name may be. */
const nameOf = (text: string): string => text.trim().slice(0, 100);

const fillFields = async (call: Call, incidentId: string, monitorId: string): Promise<void> => {
  for (const text of own) {
    const name = nameOf(text);
    await call('POST', '/v1/api-keys', { name, scope: 'read' });
    await call('POST', '/v1/channels', { name, target: { kind: 'webhook', url: 'http://127.0.0.1:9/hook' } });
    await call('POST', '/v1/escalation-policies', {
      ...{ name, isDefault: false, tags: [], repeatTimes: 0, repeatAfterMs: 60_000 },
      steps: [{ waitMs: 0, targets: [{ kind: 'everyone' }] }],
    });
    await call('POST', '/v1/marks', { kind: 'deploy', text, monitorIds: [monitorId] });
    await call('POST', `/v1/incidents/${incidentId}/comments`, { text });
  }
  await call('PUT', `/v1/incidents/${incidentId}/post-mortem`, { text: own.join('\n\n') });
  const startsAt = new Date(Date.now() + 3_600_000).toISOString();
  await call('POST', '/v1/maintenance-windows', {
    ...{ name: nameOf(own[0] ?? ''), startsAt, durationMs: 600_000, monitorIds: [monitorId] },
    ...{ timeZone: 'UTC', rule: null, effect: 'silence' },
  });
};

type Batch = Readonly<{ items: readonly Readonly<{ monitor: Made | null }>[] }>;
/** So many monitors are made at once. */
const together = 40;

/** Every text as the name of a paused monitor: nobody looks at a hundred copies of one site. Answers how many were taken. */
const nameAll = async (call: Call, url: string, names: readonly string[]): Promise<number> => {
  const make = (some: readonly string[]) =>
    call<Batch>('POST', '/v1/monitors/batch', {
      items: some.map((name) => ({ monitor: { name, url: `${url}/${names.indexOf(name)}` }, paused: true })),
    });
  let named = 0;
  for (let from = 0; from < names.length; from += together) {
    const some = names.slice(from, from + together);
    const made = await make(some);
    // A text that can't be a name at all has the whole of them refused.
    const parts = made === null ? await Promise.all(some.map((name) => make([name]))) : [made];
    named += parts.flatMap((part) => part?.items ?? []).filter(({ monitor }) => monitor !== null).length;
  }
  return named;
};

/** An account in whose every field, and in whose site's every answer, stands something that would like to be a script. */
export const openHostileWorld = async (page: Page, url: string) => {
  const texts = [...own, ...naughtyTexts()];
  const site = await startSite(texts);
  const email = await signUp(page, url);
  const call = caller(page, url);
  const monitor = await call<Made>('POST', '/v1/monitors', {
    ...{ name: own[0], url: `${site.url}/?q=${encodeURIComponent(own[1] ?? '')}`, intervalMs: 10_000 },
    ...{ headers: { 'X-Own': headerOf(own[0] ?? '') } },
  });
  if (monitor === null) throw new Error('the monitor was refused');
  const named = await nameAll(
    call,
    site.url,
    texts.map(nameOf).filter((name) => name !== ''),
  );
  const incidents = () => call<Items>('GET', `/v1/incidents?monitorId=${monitor.id}`);
  await waitUntil(async () => (await incidents())?.items.length === 1, 120_000);
  const incidentId = (await incidents())?.items[0]?.id ?? '';
  await fillFields(call, incidentId, monitor.id);
  const log = texts
    .slice(0, 200)
    .map((text) => `2026/11/28 08:00:00 [error] 1#1: *1 ${text.replaceAll(/[\r\n]/gu, ' ')}, client: 127.0.0.1`);
  await page.request.post(`${url}/v1/incidents/${incidentId}/logs`, {
    headers: { origin: new URL(url).origin, 'content-type': 'text/plain' },
    data: log.join('\n'),
  });
  return {
    monitorId: monitor.id,
    incidentId,
    email,
    named,
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
};
