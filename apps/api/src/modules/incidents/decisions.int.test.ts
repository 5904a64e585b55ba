import { randomUUIDv7 } from 'node:crypto';
import { expect, test } from 'vitest';
import { decide } from '../alerts/decisions.ts';
import { startApi } from '../api.fixture.ts';

const t0 = Date.parse('2026-11-20T10:00:00Z');

test('why it alerted is one story of decisions, deliveries and deeds, page by page, for its organisation alone', async () => {
  await using api = await startApi();
  const { sql, mine } = api;
  const [id, policyId] = [randomUUIDv7(), randomUUIDv7()];
  const body = { url: 'https://shop.example/', regions: ['fra'] };
  const monitorId = (await api.call(mine.writer, 'POST', '/v1/monitors', { body })).body.id;
  await sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, cause, regions, opened_at)
     VALUES ($1, $2, $3, to_timestamp($4 / 1000.0), '{"kind":"status","status":502}', '{fra}', to_timestamp($4 / 1000.0))`,
    [id, mine.id, monitorId, t0],
  );
  await sql.query(
    `INSERT INTO escalation_policy (id, organisation_id, name, steps, updated_at) VALUES ($1, $2, 'Nights', '[]', now())`,
    [policyId, mine.id],
  );
  const detail = { windowId: randomUUIDv7(), name: 'Updates', until: t0 + 60_000 };
  await decide(sql, id, t0, { code: 'policy', key: 'policy', detail: { policyId } });
  await decide(sql, id, t0, { code: 'policy', key: 'none', detail: { policyId: null } });
  await decide(sql, id, t0 + 1, { code: 'maintenance', key: 'm', detail }, { code: 'maintenance', key: 'm', detail });
  await sql.query(
    `INSERT INTO delivery (id, organisation_id, incident_id, event, kind, channel_name, key, status, reason, created_at, next_attempt_at)
     VALUES ($1, $2, $3, 'incident.opened', 'email', 'ops', 'k', 'pending', 'quiet hours', to_timestamp($4 / 1000.0), to_timestamp($5 / 1000.0))`,
    [randomUUIDv7(), mine.id, id, t0 + 60_000, t0 + 120_000],
  );
  await sql.query(
    `INSERT INTO incident_comment (id, incident_id, kind, author, text, created_at)
     VALUES ($1, $2, 'acknowledged', 'Ann', 'Acknowledged on the page.', to_timestamp($3 / 1000.0))`,
    [randomUUIDv7(), id, t0 + 90_000],
  );
  const path = `/v1/incidents/${id}/decisions`;
  const first = await api.call(mine.reader, 'GET', `${path}?limit=3`);
  const second = await api.call(mine.reader, 'GET', `${path}?limit=3&cursor=${first.body.next}`);
  const told = [...first.body.items, ...second.body.items];
  expect(told.map(({ code, effect, text }) => [code, effect, text])).toEqual([
    ['policy', 'note', 'It goes by the escalation policy “Nights”.'],
    ['policy', 'note', 'No escalation policy is set for it: every channel hears at once.'],
    ['maintenance', 'silent', 'The maintenance window “Updates” runs: silent until 2026-11-20 10:01:00 UTC.'],
    ['quiet-hours', 'silent', 'Quiet hours: will tell ops that it opened, not before 2026-11-20 10:02:00 UTC.'],
    ['acknowledged', 'silent', 'Ann: Acknowledged on the page.'],
  ]);
  expect(told[2]).toMatchObject({ windowId: detail.windowId, until: '2026-11-20T10:01:00.000Z' });
  expect(second.body.next).toBeNull();
  expect((await api.call(api.other.reader, 'GET', path)).status).toBe(404);
});
