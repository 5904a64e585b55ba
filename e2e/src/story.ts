import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { IncidentView, SpanView } from '@farwatch/contracts';
import { type InboxMail, startInbox, startWebhookSink, type WebhookCall, type WebhookSink } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { type Farwatch, startFarwatch } from './farwatch.ts';
import { startNginx } from './nginx.ts';
import { startUpstream } from './upstream.ts';

/** What happened, told by those it happened to. Moments are epoch milliseconds. */
export type Story = Readonly<{
  /** From pressing "Start watching" to the first check on the page. */
  firstCheckMs: number;
  /** By the upstream's own clock: last alive, listening again. */
  wentAt: number;
  cameAt: number;
  incident: IncidentView & Readonly<{ spans: readonly SpanView[] }>;
  /** The failing checks that the log has, oldest first, by the moment they started. */
  failedAt: readonly number[];
  /** The moment the second failing check was over. */
  secondFailureEndedAt: number;
  mails: readonly [opened: InboxMail, resolved: InboxMail];
  calls: readonly [opened: WebhookCall, resolved: WebhookCall];
  secret: string;
  nginxLog: string;
  pageErrors: readonly string[];
}>;

export type StoryOptions = Readonly<{
  tell: (line: string) => void;
  headed?: boolean;
  env?: Readonly<Record<string, string>>;
}>;

export const storyIntervalMs = 30_000;
const email = 'ada@lighthouse.example';
const password = 'three quiet lighthouses';
const patience = { timeout: storyIntervalMs + 60_000 };

const signUp = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page
    .getByRole('link', { name: /create|sign up/i })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Create an account' }).waitFor();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
};

/** Adds the site and waits for its first check; answers the monitor's id and how long that took. */
const addMonitor = async (page: Page, site: string): Promise<{ id: string; firstCheckMs: number }> => {
  await page.getByRole('heading', { name: 'What should we watch?' }).waitFor();
  await page.getByLabel('URL').fill(site);
  const pressedAt = performance.now();
  await page.getByRole('button', { name: 'Start watching' }).click();
  await page
    .getByText(/HTTP 200/)
    .first()
    .waitFor();
  const firstCheckMs = performance.now() - pressedAt;
  return { id: new URL(page.url()).pathname.split('/').at(-1) ?? '', firstCheckMs };
};

/** Adds a webhook beside the e-mail channel that came with the account; answers its signing secret. */
const addWebhook = async (page: Page, sink: WebhookSink): Promise<string> => {
  await page.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Webhook', { exact: true }).click();
  await dialog.getByLabel('URL').fill(`${sink.url}/alerts`);
  await dialog.getByRole('button', { name: 'Add channel' }).click();
  const secret = (await page.getByRole('dialog').locator('code').textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept it' }).click();
  return secret;
};

const bodyType = (call: WebhookCall): unknown => (JSON.parse(call.body) as { type?: unknown }).type; // a webhook's body is JSON

const get = async <T>(page: Page, url: string): Promise<T> => {
  const response = await page.request.get(url);
  if (!response.ok()) throw new Error(`GET ${url}: ${response.status()}`);
  return (await response.json()) as T; // the caller names what the endpoint answers
};

type Log = Readonly<{ items: readonly Readonly<{ startedAt: string; totalMs: number }>[] }>;

const facts = async (page: Page, { url }: Farwatch, monitorId: string) => {
  const { items } = await get<{ items: IncidentView[] }>(page, `${url}/v1/incidents?monitorId=${monitorId}`);
  const incident = await get<Story['incident']>(page, `${url}/v1/incidents/${items[0]?.id}`);
  const log = await get<Log>(page, `${url}/v1/monitors/${monitorId}/results?verdict=down&limit=1000`);
  const failed = log.items.map(({ startedAt, totalMs }) => ({
    at: Date.parse(startedAt),
    endedAt: Date.parse(startedAt) + totalMs,
  }));
  failed.sort((a, b) => a.at - b.at);
  return { incident, failedAt: failed.map(({ at }) => at), secondFailureEndedAt: failed[1]?.endedAt ?? Number.NaN };
};

const resultsDir = fileURLToPath(new URL('../../test-results/', import.meta.url));

/** Leaves what the page showed and what the apps logged when a story is not told to its end. */
const pictureOfFailure = (page: Page, farwatch: Farwatch): AsyncDisposable & { told: boolean } => ({
  told: false,
  async [Symbol.asyncDispose]() {
    if (this.told) return;
    await mkdir(resultsDir, { recursive: true });
    await page.screenshot({ path: `${resultsDir}story.png`, fullPage: true }).catch(() => undefined);
    await writeFile(`${resultsDir}story.log`, `${page.url()}\n${farwatch.said()}\n${await farwatch.logs()}`);
  },
});

/**
 * The whole product, watched in a real browser: sign up, add a site behind a real nginx, kill its upstream, see the
 * incident, be told, start the upstream again, see it clear.
 */
export const playStory = async ({ tell, headed = false, env = {} }: StoryOptions): Promise<Story> => {
  await using inbox = await startInbox();
  await using sink = await startWebhookSink();
  await using upstream = await startUpstream();
  await using nginx = await startNginx(upstream.port);
  tell(`A site is up at ${nginx.url}: nginx in front of an upstream of its own. Starting Farwatch …`);
  await using farwatch = await startFarwatch({
    env: { SMTP_URL: inbox.url, FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', ...env },
  });
  await using browser = await openPage({ headed, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const { page } = browser;
  await using picture = pictureOfFailure(page, farwatch);
  tell(`Farwatch is up at ${farwatch.url}. Signing up as ${email} and adding the site …`);
  await signUp(page, farwatch.url);
  const { id, firstCheckMs } = await addMonitor(page, nginx.url);
  tell(`The first check stood on the page ${Math.round(firstCheckMs)} ms after "Start watching".`);
  const secret = await addWebhook(page, sink);
  tell('Told by e-mail and by webhook from now on. Killing the upstream …');

  const wentAt = await upstream.kill();
  await page.getByRole('main').getByText('Down', { exact: true }).first().waitFor(patience);
  tell('nginx answers 502, the page says Down.');
  const opened = await sink.waitFor((call) => bodyType(call) === 'incident.opened', 60_000);
  const openedMail = await inbox.waitFor(({ parsed }) => /down/i.test(parsed.subject ?? ''), 60_000);
  tell(`Mail "${openedMail.parsed.subject}" and a signed webhook have arrived. Starting the upstream again …`);

  const cameAt = await upstream.start();
  await page.getByRole('tab', { name: 'Incidents' }).click();
  await page.getByText('Cleared', { exact: true }).first().waitFor(patience);
  const resolved = await sink.waitFor((call) => bodyType(call) === 'incident.resolved', 60_000);
  const resolvedMail = await inbox.waitFor(
    ({ parsed, at }) => at > openedMail.at && /up|resolved|recovered|cleared/i.test(parsed.subject ?? ''),
    60_000,
  );
  tell(`It cleared; mail "${resolvedMail.parsed.subject}".`);
  const known = await facts(page, farwatch, id);
  picture.told = true;
  return {
    firstCheckMs,
    wentAt,
    cameAt,
    ...known,
    mails: [openedMail, resolvedMail],
    calls: [opened, resolved],
    secret,
    nginxLog: await nginx.errorLog(),
    pageErrors: browser.errors,
  };
};
