import type { Client } from 'pg';
import { v7 as newId } from 'uuid';

const hourMs = 3_600_000;
const dayMs = 86_400_000;

const monitorsSql = `
  INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, tags,
    created_at, updated_at)
  SELECT id, $1, 'Site ' || n, 'https://site-' || n || '.bench.example/', 300000, 10000, 10, '200-399', ARRAY['bench'],
    CASE n % 4 WHEN 0 THEN ARRAY['shop', 'team-' || n % 7] ELSE ARRAY[]::text[] END, now() - interval '2 days', now()
  FROM unnest($2::uuid[]) WITH ORDINALITY AS made (id, n)`;

const statesSql = `
  INSERT INTO monitor_state (monitor_id, status, status_since, settled)
  SELECT id, CASE n % 50 WHEN 0 THEN 'down' WHEN 1 THEN 'degraded' ELSE 'up' END::monitor_status,
    now() - n * interval '1 minute', true
  FROM unnest($1::uuid[]) WITH ORDINALITY AS made (id, n)`;

/** A resolved incident of half an hour for one monitor in ten. */
const incidentsSql = `
  INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, resolved_at, end_reason, cause, regions)
  SELECT gen_random_uuid(), $1, id, at, at, at + interval '30 minutes', 'recovered', '{"kind":"status","status":502}', ARRAY['bench']
  FROM unnest($2::uuid[]) WITH ORDINALITY AS made (id, n),
    LATERAL (SELECT now() - interval '23 hours' + n % 20 * interval '1 hour' AS at) AS begun
  WHERE n % 10 = 0`;

/** A look every five minutes, lengths scattered, one in fifty sites failing now. */
const looksSql = `
  INSERT INTO fresh_result (monitor, at_ms, total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, bytes, delay_ms,
    day, place, kind, status, remote_address, rare)
  SELECT seq, at % ${dayMs}, 90000 + (seq * 31 + at / 300000 * 7919) % 977 * 300, 2000, 20000, 30000, 30000, 3000, 15000, 3,
    at / ${dayMs}, (SELECT key * 4 FROM region_key WHERE region = 'bench'), 0, 200, '192.0.2.7', ''
  FROM generate_series($2::bigint, $3::bigint, 300000) AS at, monitor WHERE organisation_id = $1`;

/** The hours of these looks, as the roll-up would have made them. */
const hoursSql = `
  WITH looks AS (
    SELECT monitor, (day::bigint * ${dayMs} + at_ms) / ${hourMs} AS slot, total_us, time_bucket(total_us) AS bucket
    FROM fresh_result WHERE monitor IN (SELECT seq FROM monitor WHERE organisation_id = $1)),
  buckets AS (SELECT monitor, slot, bucket, count(*)::int AS n, max(total_us) AS most, sum(total_us) AS us FROM looks GROUP BY 1, 2, 3)
  INSERT INTO roll_up_1h (monitor, slot, region, up, degraded, down, inconclusive, missed, max_us, sum_us, histogram,
    answered)
  SELECT monitor, slot, (SELECT key FROM region_key WHERE region = 'bench'), sum(n), 0, 0, 0, 0, max(most), sum(us),
    array_agg(ARRAY[bucket, n]), sum(n)
  FROM buckets GROUP BY monitor, slot`;

/** Monitors with a day of history, of a region that no probe of this machine looks from. */
export const seedMonitors = async (client: Client, organisationId: string, count: number): Promise<void> => {
  const ids = Array.from({ length: count }, () => newId());
  const now = Date.now();
  const today = Math.floor(now / dayMs);
  await client.query('SELECT ensure_log_days($1, $2)', [today - 2, today + 1]);
  await client.query(`INSERT INTO region_key (region) VALUES ('bench') ON CONFLICT DO NOTHING`);
  await client.query(monitorsSql, [organisationId, ids]);
  await client.query(statesSql, [ids]);
  await client.query(incidentsSql, [organisationId, ids]);
  await client.query(looksSql, [organisationId, now - dayMs, now]);
  await client.query(hoursSql, [organisationId]);
  await client.query('UPDATE roll_up_progress SET slot = $1 WHERE length_s = 3600', [Math.floor(now / hourMs) + 1]);
  await client.query('ANALYZE');
};
