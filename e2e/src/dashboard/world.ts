import { startTarget, startWebhookSink, waitUntil } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { addAlerting } from './alerting.ts';
import { type Call, caller } from './call.ts';
import { openShop, type Shop } from './shop.ts';

type Items<T> = Readonly<{ items: readonly T[] }>;
type Monitor = Readonly<{ id: string; name: string; status: string }>;
type Incident = Readonly<{ id: string; status: string; monitorName: string }>;

const patienceMs = 120_000;
/** Of every account that is made here. */
export const password = 'three quiet lighthouses';

/** Sites that do well, break and recover on request. */
const openSites = async () => {
  const shop = await openShop();
  const well = await startTarget((_, response) => {
    setTimeout(() => response.end('<h1>hello</h1>'), 10 + Math.random() * 60);
  });
  const dead = await startTarget((_, response) => {
    // Says that it is compressed, and is not.
    response.writeHead(503, { 'content-type': 'text/plain', 'content-encoding': 'gzip', 'retry-after': '120' });
    response.end('<script>alert(1)</script> down for now');
  });
  const sink = await startWebhookSink();
  const gone = await startTarget((_, response) => {
    response.writeHead(410, { 'content-type': 'text/plain' });
    response.end('This hook was deleted by its owner.');
  });
  return { shop, well, dead, sink, gone };
};

const incidentsOf = async (call: Call, name: string): Promise<readonly Incident[]> =>
  (await call<Items<Incident>>('GET', '/v1/incidents?limit=100')).items.filter(
    ({ monitorName }) => monitorName === name,
  );

type Me = Readonly<{ account: Readonly<{ id: string }> }>;
type Mail = Readonly<{ subject: string; text: string }>;

/** Where the link of the newest alert leads: `/l/…`. */
const linkOf = async (call: Call): Promise<string> => {
  const { items } = await call<Items<Mail>>('GET', '/v1/mails?limit=100');
  const down = items.find(({ subject, text }) => subject.startsWith('Down') && text.includes('/l/'));
  return /\/l\/[\w.-]+/u.exec(down?.text ?? '')?.[0] ?? '/l/none';
};

type Share = Readonly<{ url: string }>;
type Kept = Readonly<{ id: string; hasEvidence: boolean }>;
/** A read-only link to the newest look that failed: `/s/…`. */
const sharedOf = async (call: Call, monitorId: string): Promise<string> => {
  const { items } = await call<Items<Kept>>('GET', `/v1/monitors/${monitorId}/results?verdict=down&limit=1000`);
  const wish = { kind: 'look', monitorId, resultId: items.find(({ hasEvidence }) => hasEvidence)?.id, withBody: true };
  return new URL((await call<Share>('POST', '/v1/shares', wish)).url).pathname;
};

/** A fresh account, logged in; answers its address. */
export const signUp = async (page: Page, url: string): Promise<string> => {
  const email = `ada.${Date.now()}@lighthouse.example`;
  await page.goto(`${url}/signup`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'What should we watch?' }).waitFor();
  return email;
};

/** Where the screens find what they show. */
export type Places = Readonly<
  Record<'shopId' | 'checkoutId' | 'downId' | 'clearedId' | 'openId' | 'takenId' | 'link' | 'shared', string>
>;
/** Before there is a world: enough to know the screens' names. */
export const nowhere: Places = {
  shopId: '',
  checkoutId: '',
  downId: '',
  clearedId: '',
  openId: '',
  takenId: '',
  link: '',
  shared: '',
};

const postMortem = `# What happened

The deploy of **v1.42** raised the memory that each worker takes. Under load the kernel ended them, and nginx had nobody to ask.

## What helped

1. Starting the workers again: they came up, and *hung* for a while (\`504\`).
2. Going back to v1.41.

## What will keep it from happening again

- Raise the limit, and alert on memory, see [the runbook](https://wiki.example/runbooks/memory).
- Load-test before each deploy.
`;

/** The shop's application dies (502), comes up and hangs (504), and works again; its log is read, its story written. */
const breakShop = async (page: Page, url: string, call: Call, shop: Shop): Promise<string> => {
  await shop.die();
  await waitUntil(async () => (await incidentsOf(call, 'Shop')).length === 1, patienceMs);
  await shop.hang();
  await new Promise((resolve) => setTimeout(resolve, 12_000)); // one interval of 504 is what the picture shows
  await shop.recover();
  await waitUntil(async () => (await incidentsOf(call, 'Shop'))[0]?.status === 'resolved', patienceMs);
  const [incident] = await incidentsOf(call, 'Shop');
  const id = incident?.id ?? '';
  const path = `/v1/incidents/${id}`;
  const upload = await page.request.post(new URL(`${path}/logs?name=error.log`, url).href, {
    headers: { origin: new URL(url).origin, 'content-type': 'text/plain' },
    data: await shop.errorLog(),
  });
  if (!upload.ok()) throw new Error(`the log: ${upload.status()} ${await upload.text()}`);
  await call('POST', `${path}/comments`, { text: 'The upstream ran out of memory after the deploy.' });
  await call('PUT', `${path}/post-mortem`, { text: postMortem });
  return id;
};

/** Somebody has it, and the others are told why. */
const takeOn = async (call: Call, incidentId: string): Promise<void> => {
  const { account } = await call<Me>('GET', '/v1/me');
  await call('POST', `/v1/incidents/${incidentId}/acknowledge`);
  await call('POST', `/v1/incidents/${incidentId}/assign`, { accountId: account.id });
  await call('POST', `/v1/incidents/${incidentId}/comments`, { text: 'Looking at it. The provider is told.' });
};

/** An account with sites that are up, down and paused, one incident that ran from 502 over 504 to its clear, and channels. */
export const openWorld = async (page: Page, url: string) => {
  const sites = await openSites();
  const call = caller(page, url);
  await signUp(page, url);
  await page.getByLabel('URL').fill(sites.shop.url);
  await page.getByRole('button', { name: 'Start watching' }).click();
  await page.getByRole('heading', { name: 'Where should we tell you?' }).waitFor();
  const shopId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await call('PATCH', `/v1/monitors/${shopId}`, {
    ...{ name: 'Shop', intervalMs: 10_000, connection: { origin: sites.shop.origin } },
  });
  const add = (name: string, site: string, more: object = {}) =>
    call<Monitor>('POST', '/v1/monitors', { name, url: site, intervalMs: 10_000, ...more });
  await add('Homepage', `${sites.well.url}/`);
  const checkout = await add(
    'Checkout API with a long and telling name',
    `${sites.well.url}/v2/checkout/orders?with=a&rather=long&query=string`,
    {
      ...{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"cart":[]}' },
      auth: { kind: 'bearer', token: 'a-token-that-is-shown-to-nobody' },
      assertions: [
        { kind: 'body', compare: 'contains', value: 'hello' },
        { kind: 'header', name: 'content-type', compare: 'not-contains', value: 'json' },
        { kind: 'response-time', phase: 'first-byte', atMostMs: 800 },
        { kind: 'body-size', compare: 'at-least', bytes: 10 },
        { kind: 'final-url', compare: 'matches', value: '/checkout/' },
      ],
      degradedAboveMs: 30,
    },
  );
  await add('Status endpoint', `${sites.dead.url}/health`, {
    ...{ intervalMs: 60_000, connection: { origin: sites.well.url } },
  });
  await add('Mail gateway', `${sites.dead.url}/mail`);
  const old = await add('Old blog', `${sites.well.url}/blog`);
  await call('POST', `/v1/monitors/${old.id}/pause`);
  await addAlerting(call, sites.sink.url, `${sites.gone.url}/hook`);
  await call('POST', '/v1/api-keys', { name: 'Deploy script', scope: 'write' });
  const gone = await add('Old shop', `${sites.well.url}/old`);
  await call('POST', '/v1/monitors/bulk', { monitorIds: [gone.id], action: { kind: 'delete' } });
  await call('POST', '/v1/marks', { kind: 'deploy', text: 'shop v1.42: new checkout' });
  const cleared = await breakShop(page, url, call, sites.shop);
  await waitUntil(async () => (await incidentsOf(call, 'Status endpoint')).length === 1, patienceMs);
  await waitUntil(async () => (await incidentsOf(call, 'Mail gateway')).length === 1, patienceMs);
  const [open] = await incidentsOf(call, 'Status endpoint');
  const [taken] = await incidentsOf(call, 'Mail gateway');
  await takeOn(call, taken?.id ?? '');
  const { items } = await call<Items<Monitor>>('GET', '/v1/monitors?limit=100');
  const down = items.find(({ name }) => name === 'Status endpoint');
  return {
    call,
    shopId,
    checkoutId: checkout.id,
    downId: down?.id ?? '',
    clearedId: cleared,
    openId: open?.id ?? '',
    takenId: taken?.id ?? '',
    link: await linkOf(call),
    shared: await sharedOf(call, down?.id ?? ''),
    [Symbol.asyncDispose]: async () => {
      for (const site of [sites.shop, sites.well, sites.dead, sites.sink, sites.gone])
        await site[Symbol.asyncDispose]();
    },
  };
};
export type World = Awaited<ReturnType<typeof openWorld>>;
