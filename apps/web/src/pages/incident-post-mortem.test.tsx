import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { anIncident, id, type Network, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

const path = `/v1/incidents/${id(20)}`;
const note = `${path}/post-mortem`;
const bare = { spans: [], regionBounds: [], marks: [], children: [] };
const codes = [{ code: '502', startedAt: '2026-11-23T04:00:00.120Z', endedAt: null, regions: ['fra', 'iad'] }];
const tagged = (text: string | null, etag = '"a"') => ({ body: { text, writtenAt: null }, headers: { etag } });
const show = (incident: object, more: Network = {}) =>
  open(`/incidents/${id(20)}`, {
    [`GET ${path}`]: { body: { ...incident, ...bare, codes } },
    [`GET ${path}/comments`]: pageOf(),
    [`GET ${path}/decisions`]: pageOf(),
    [`GET ${path}/diagnosis`]: { body: { incidentId: id(20), shown: null, versions: [], feedback: [] } },
    [`GET ${path}/logs`]: { body: { items: [] } },
    'GET /v1/deliveries': pageOf(),
    [`GET ${note}`]: tagged(null),
    ...more,
  });
const editor = () => screen.findByLabelText<HTMLTextAreaElement>('Post-mortem note');
const write = async (text: string): Promise<void> => {
  const field = await editor();
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
};
// Loaded on demand; on a busy machine the first time takes longer than a test waits.
beforeAll(async () => void (await import('../ui/markdown.tsx')), 60_000);
const section = () => within(screen.getByRole('region', { name: 'Post-mortem' }));

beforeEach(() => localStorage.clear());

test('Markdown is read; HTML stays text, pictures are not fetched, links vouch for nothing', async () => {
  const text =
    '# Disk full\n\n<b>raw</b> ![the graph](https://evil.example/x.png) [runbook](https://wiki.example/) [x](javascript:alert(1))';
  const { container } = show(anIncident({ postMortem: text }));
  expect(await screen.findByRole('heading', { name: 'Disk full', level: 3 })).toBeDefined();
  expect(section().getByText(/<b>raw<\/b>/u)).toBeDefined();
  expect(section().getByText('the graph')).toBeDefined();
  expect(container.querySelector('img')).toBeNull();
  const link = section().getByRole('link', { name: 'runbook' });
  expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual([
    'https://wiki.example/',
    'nofollow noopener noreferrer',
  ]);
  expect(section().getByText('x').getAttribute('href') ?? '').not.toContain('javascript');
});

test('writing begins with what is known, is previewed, saved with its tag, and not kept as a draft', async () => {
  const written = anIncident({ postMortem: 'A **disk** was full.', postMortemAt: null });
  const { asked } = show(anIncident(), { [`PUT ${note}`]: { body: written } });
  await userEvent.click(await screen.findByRole('button', { name: 'Write one' }));
  expect((await editor()).value).toMatch(
    /^# Shop: HTTP 502\n[\s\S]*4 min 12 s[\s\S]*05:00:00\.120[\s\S]*`502` in fra, iad/u,
  );
  await write('A **disk** was full.');
  await userEvent.click(screen.getByRole('tab', { name: 'Preview' }));
  expect((await screen.findByText('disk')).tagName).toBe('STRONG');
  await userEvent.click(screen.getByRole('button', { name: 'Save note' }));
  await screen.findByRole('button', { name: 'Edit the note' });
  expect(await sentTo(asked, `PUT ${note}`)).toEqual({ text: 'A **disk** was full.' });
  expect(asked.findLast(({ method }) => method === 'PUT')?.headers.get('if-match')).toBe('"a"');
  expect(localStorage.length).toBe(0);
});

test('what was begun and not saved is there the next time, and can be thrown away', async () => {
  const first = show(anIncident());
  await userEvent.click(await screen.findByRole('button', { name: 'Write one' }));
  await write('Half a sentence');
  first.unmount();
  show(anIncident());
  await userEvent.click(await screen.findByRole('button', { name: 'Go on with your draft' }));
  expect((await editor()).value).toBe('Half a sentence');
  await userEvent.click(screen.getByRole('button', { name: 'Begin anew' }));
  expect((await editor()).value).toMatch(/^# Shop/u);
  expect(localStorage.length).toBe(0);
});

test('a draft is saved over the text that it began from, not over what somebody wrote since', async () => {
  const first = show(anIncident({ postMortem: 'First words' }), { [`GET ${note}`]: tagged('First words', '"a"') });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the note' }));
  await write('Mine');
  first.unmount();
  const { asked } = show(anIncident({ postMortem: 'Theirs' }), {
    [`GET ${note}`]: tagged('Theirs', '"b"'),
    [`PUT ${note}`]: problem(412, 'changed-meanwhile', 'This was changed in the meantime.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the note' }));
  expect((await editor()).value).toBe('Mine');
  await userEvent.click(screen.getByRole('button', { name: 'Save note' }));
  expect(await screen.findByText('Somebody changed it in the meantime')).toBeDefined();
  expect(asked.findLast(({ method }) => method === 'PUT')?.headers.get('if-match')).toBe('"a"');
});

test('a draft whose beginning is not known overwrites nobody either', async () => {
  localStorage.setItem(`farwatch.post-mortem.${id(20)}`, JSON.stringify({ text: 'Mine', at: '2026-11-23T06:00:00Z' }));
  const { asked } = show(anIncident({ postMortem: 'Theirs' }), {
    [`GET ${note}`]: tagged('Theirs', '"b"'),
    [`PUT ${note}`]: problem(412, 'changed-meanwhile', 'This was changed in the meantime.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the note' }));
  await editor();
  await userEvent.click(screen.getByRole('button', { name: 'Save note' }));
  expect(await screen.findByText('Somebody changed it in the meantime')).toBeDefined();
  expect(asked.findLast(({ method }) => method === 'PUT')?.headers.get('if-match')).not.toBe('"b"');
});

test('a change by somebody else in the meantime is shown, and overwritten only when asked', async () => {
  let now = tagged('First words', '"a"');
  let answer: object = problem(412, 'changed-meanwhile', 'This was changed in the meantime.');
  const { asked } = show(anIncident({ postMortem: 'First words' }), {
    [`GET ${note}`]: () => now,
    [`PUT ${note}`]: () => answer,
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the note' }));
  await write('Mine');
  now = tagged('Theirs', '"b"');
  await userEvent.click(screen.getByRole('button', { name: 'Save note' }));
  expect(await screen.findByText('Somebody changed it in the meantime')).toBeDefined();
  expect(await screen.findByText('Theirs')).toBeDefined();
  expect((await editor()).value).toBe('Mine');
  answer = { body: anIncident({ postMortem: 'Mine' }) };
  await userEvent.click(screen.getByRole('button', { name: 'Save mine over it' }));
  await screen.findByRole('button', { name: 'Edit the note' });
  const last = asked.findLast(({ method }) => method === 'PUT');
  expect([last?.headers.get('if-match'), await sentTo(asked, `PUT ${note}`)]).toEqual(['"b"', { text: 'Mine' }]);
});

test('what could not be saved is still there', async () => {
  show(anIncident(), { [`PUT ${note}`]: problem(503, 'busy', 'Later.') });
  await userEvent.click(await screen.findByRole('button', { name: 'Write one' }));
  await write('Mine');
  await userEvent.click(screen.getByRole('button', { name: 'Save note' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Later. What you wrote is still here.');
  expect((await editor()).value).toBe('Mine');
});

test('it is taken away', async () => {
  const { asked } = show(anIncident({ postMortem: 'Words' }), {
    [`GET ${note}`]: tagged('Words'),
    [`PUT ${note}`]: { body: anIncident() },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit the note' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove the note' }));
  expect(await screen.findByRole('button', { name: 'Write one' })).toBeDefined();
  expect(await sentTo(asked, `PUT ${note}`)).toEqual({ text: null });
});

test.each([
  ['a browser that keeps no drafts asks before it is left', true],
  ['a browser that keeps them lets go at once', false],
])('%s', async (_, isFull) => {
  const keeping = vi.spyOn(Storage.prototype, 'setItem');
  if (isFull)
    keeping.mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
  const { router } = show(anIncident());
  await userEvent.click(await screen.findByRole('button', { name: 'Write one' }));
  await write('Mine');
  await userEvent.click(screen.getByRole('link', { name: 'Incidents' }));
  if (isFull) expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeDefined();
  else await expect.poll(() => router.state.location.pathname).toBe('/incidents');
  keeping.mockRestore();
});
