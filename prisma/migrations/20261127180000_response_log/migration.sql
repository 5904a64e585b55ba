-- The response log in its narrow form: integer keys, one-byte words, and what is rare out of the way.

ALTER TABLE "monitor" ADD COLUMN "seq" SERIAL NOT NULL;
CREATE UNIQUE INDEX "monitor_seq_key" ON "monitor"("seq");

ALTER TABLE "organisation" ADD COLUMN "log_days" INTEGER NOT NULL DEFAULT 30;

-- A region's number outlives the region's removal from the configuration.
CREATE TABLE "region_key" (
    "key" SMALLSERIAL NOT NULL,
    "region" TEXT NOT NULL,

    CONSTRAINT "region_key_pkey" PRIMARY KEY ("key")
);
CREATE UNIQUE INDEX "region_key_region_key" ON "region_key"("region");
INSERT INTO "region_key" ("region") SELECT "id" FROM "region" UNION SELECT DISTINCT "region" FROM "check_result" ORDER BY 1;

-- Columns in the order of their alignment, four bytes first, so that none is lost to padding. `rare` is text and empty, not
-- null, when there is nothing: one null in a row costs eight bytes.
CREATE TABLE "fresh_result" (
    "monitor" INTEGER NOT NULL,
    "at_ms" INTEGER NOT NULL,
    "total_us" INTEGER NOT NULL,
    "dns_us" INTEGER,
    "connect_us" INTEGER,
    "tls_us" INTEGER,
    "first_byte_us" INTEGER,
    "download_us" INTEGER,
    "bytes" INTEGER,
    "delay_ms" INTEGER NOT NULL,
    "day" SMALLINT NOT NULL,
    "place" SMALLINT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "status" SMALLINT,
    "remote_address" INET,
    "rare" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "fresh_result_pkey" PRIMARY KEY ("monitor","day","at_ms","place")
) PARTITION BY RANGE ("day");

-- A packed day: runs of one monitor's results, in the order of the log, as compressed columns.
CREATE TABLE "packed_result" (
    "first_at" BIGINT NOT NULL,
    "last_at" BIGINT NOT NULL,
    "monitor" INTEGER NOT NULL,
    "results" INTEGER NOT NULL,
    "day" SMALLINT NOT NULL,
    "verdicts" SMALLINT NOT NULL,
    "places" SMALLINT[],
    "statuses" SMALLINT[],
    "packed" BYTEA NOT NULL,

    CONSTRAINT "packed_result_pkey" PRIMARY KEY ("monitor","day","first_at")
) PARTITION BY RANGE ("day");
-- It is compressed already.
ALTER TABLE "packed_result" ALTER COLUMN "packed" SET STORAGE EXTERNAL;

-- The days whose results are read from packed_result; what is packed of any other day is work under way.
CREATE TABLE "packed_day" (
    "day" SMALLINT NOT NULL,
    "results" BIGINT NOT NULL,
    "left_out" BIGINT NOT NULL,
    "packed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "packed_day_pkey" PRIMARY KEY ("day")
);

-- Roll-ups of the scheduled looks. `slot` counts lengths of the roll-up since 1970.
CREATE TABLE "roll_up_5m" (
    "monitor" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "up" INTEGER NOT NULL,
    "degraded" INTEGER NOT NULL,
    "down" INTEGER NOT NULL,
    "inconclusive" INTEGER NOT NULL,
    "missed" INTEGER NOT NULL,
    "max_us" INTEGER,
    "sum_us" BIGINT NOT NULL,
    "region" SMALLINT NOT NULL,
    "histogram" INTEGER[],

    CONSTRAINT "roll_up_5m_pkey" PRIMARY KEY ("monitor","slot","region")
) PARTITION BY RANGE ("slot");
CREATE TABLE "roll_up_1h" (
    "monitor" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "up" INTEGER NOT NULL,
    "degraded" INTEGER NOT NULL,
    "down" INTEGER NOT NULL,
    "inconclusive" INTEGER NOT NULL,
    "missed" INTEGER NOT NULL,
    "max_us" INTEGER,
    "sum_us" BIGINT NOT NULL,
    "region" SMALLINT NOT NULL,
    "histogram" INTEGER[],

    CONSTRAINT "roll_up_1h_pkey" PRIMARY KEY ("monitor","slot","region")
);
CREATE TABLE "roll_up_1d" (
    "monitor" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "up" INTEGER NOT NULL,
    "degraded" INTEGER NOT NULL,
    "down" INTEGER NOT NULL,
    "inconclusive" INTEGER NOT NULL,
    "missed" INTEGER NOT NULL,
    "max_us" INTEGER,
    "sum_us" BIGINT NOT NULL,
    "region" SMALLINT NOT NULL,
    "histogram" INTEGER[],

    CONSTRAINT "roll_up_1d_pkey" PRIMARY KEY ("monitor","slot","region")
);

-- Slots that got results and have to be reckoned (again). Written beside the results, one row a batch and slot.
CREATE TABLE "roll_up_mark" (
    "id" BIGSERIAL NOT NULL,
    "length_s" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "monitors" INTEGER[],

    CONSTRAINT "roll_up_mark_pkey" PRIMARY KEY ("id")
);
-- A thousand monitors at most: they stay in the row, and nothing is spent on compressing what lives for minutes.
ALTER TABLE "roll_up_mark" ALTER COLUMN "monitors" SET STORAGE PLAIN;

-- From this slot on the roll-ups of a length are not made yet.
CREATE TABLE "roll_up_progress" (
    "length_s" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,

    CONSTRAINT "roll_up_progress_pkey" PRIMARY KEY ("length_s")
);
INSERT INTO "roll_up_progress" VALUES (300, 0), (3600, 0), (86400, 0);

-- Buckets of a length's logarithm, 2 % wide: domain's `timeBucket`.
CREATE FUNCTION "time_bucket"("us" integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN us <= 1 THEN 0 ELSE ceil(ln(us::float8) / 0.01980262729617973)::integer END
$$;

CREATE SCHEMA "fresh_results";
CREATE SCHEMA "packed_results";
CREATE SCHEMA "roll_ups";

-- Days are counted since 1970. A packed day gets no place for fresh results again.
CREATE FUNCTION "ensure_log_days"("first_day" integer, "last_day" integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  d integer;
  suffix text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7203771402);
  FOR d IN first_day .. last_day LOOP
    suffix := to_char(date '1970-01-01' + d, 'YYYYMMDD');
    IF to_regclass('fresh_results.day_' || suffix) IS NULL AND NOT EXISTS (SELECT 1 FROM packed_day WHERE day = d) THEN
      EXECUTE format('CREATE TABLE fresh_results.day_%s PARTITION OF fresh_result FOR VALUES FROM (%s) TO (%s)', suffix, d, d + 1);
      made := made + 1;
    END IF;
    IF to_regclass('roll_ups.day_' || suffix) IS NULL THEN
      EXECUTE format('CREATE TABLE roll_ups.day_%s PARTITION OF roll_up_5m FOR VALUES FROM (%s) TO (%s)', suffix, d * 288, (d + 1) * 288);
    END IF;
  END LOOP;
  RETURN made;
END $$;

-- Whole days go, never rows. Answers how many days of results went.
CREATE FUNCTION "drop_log_days"("before_result" integer, "before_roll_up" integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  t record;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7203771402);
  FOR t IN
    SELECT n.nspname AS room, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('fresh_results', 'packed_results', 'roll_ups') AND c.relkind = 'r' AND c.relname ~ '^day_[0-9]{8}$'
      AND to_date(substring(c.relname FROM 5), 'YYYYMMDD') - date '1970-01-01'
        < CASE n.nspname WHEN 'roll_ups' THEN before_roll_up ELSE before_result END
  LOOP
    EXECUTE format('DROP TABLE %I.%I', t.room, t.name);
    IF t.room <> 'roll_ups' THEN dropped := dropped + 1; END IF;
  END LOOP;
  DELETE FROM packed_day WHERE day < before_result;
  RETURN dropped;
END $$;

SELECT "ensure_log_days"(d, d)
FROM (SELECT DISTINCT floor(extract(epoch FROM "scheduled_at") / 86400)::int AS d FROM "check_result") AS had;
SELECT "ensure_log_days"(today - 2, today + 7) FROM (SELECT (now() AT TIME ZONE 'UTC')::date - date '1970-01-01' AS today) AS t;

INSERT INTO "fresh_result" ("monitor", "at_ms", "total_us", "dns_us", "connect_us", "tls_us", "first_byte_us",
  "download_us", "bytes", "delay_ms", "day", "place", "kind", "status", "remote_address", "rare")
SELECT m.seq, (s.ms % 86400000)::int, r.total_us, r.dns_us, r.connect_us, r.tls_us, r.first_byte_us, r.download_us, r.bytes,
  CASE WHEN s.delay BETWEEN -2147483648 AND 2147483647 THEN s.delay ELSE 0 END, (s.ms / 86400000)::smallint,
  k.key * 4 + CASE r.family WHEN 'any' THEN 0 WHEN 'ipv4' THEN 1 ELSE 2 END,
  array_position(ARRAY['up', 'degraded', 'down', 'inconclusive', 'missed']::verdict[], r.verdict) - 1
    + 8 * (array_position(ARRAY['schedule', 'confirmation', 'request']::check_trigger[], r.trigger) - 1),
  r.status, r.remote_address,
  coalesce(nullif(jsonb_strip_nulls(jsonb_build_object('outcome', r.detail, 'startedAt',
    CASE WHEN s.delay BETWEEN -2147483648 AND 2147483647 THEN NULL ELSE s.ms + s.delay END)), '{}')::text, '')
FROM "check_result" r
JOIN "monitor" m ON m.id = r.monitor_id
JOIN "region_key" k ON k.region = r.region
CROSS JOIN LATERAL (SELECT round(extract(epoch FROM r.scheduled_at) * 1000)::bigint AS ms,
  round(extract(epoch FROM r.started_at - r.scheduled_at) * 1000)::bigint AS delay) AS s;

INSERT INTO "roll_up_mark" ("length_s", "slot", "monitors")
SELECT 300, "day" * 288 + "at_ms" / 300000, array_agg(DISTINCT "monitor") FROM "fresh_result" GROUP BY 2, "monitor" / 1000;

DROP TABLE "check_result";
DROP FUNCTION "ensure_check_result_partitions"(date, date);
DROP FUNCTION "drop_check_result_partitions"(date);
DROP SCHEMA "check_results";

-- The fresh part of the log in plain words, for people with a database client; the programs read the table.
CREATE VIEW "check_result" AS
SELECT m.id AS monitor_id, to_timestamp((r.day * 86400000::bigint + r.at_ms) / 1000.0) AS scheduled_at,
  coalesce(to_timestamp((nullif(r.rare, '')::jsonb->>'startedAt')::float8 / 1000),
    to_timestamp((r.day * 86400000::bigint + r.at_ms + r.delay_ms) / 1000.0)) AS started_at,
  r.total_us, r.dns_us, r.connect_us, r.tls_us, r.first_byte_us, r.download_us, r.bytes,
  (ARRAY['any', 'ipv4', 'ipv6'])[(r.place & 3) + 1]::address_family AS family,
  (ARRAY['schedule', 'confirmation', 'request', 'burst'])[(r.kind >> 3) + 1]::check_trigger AS trigger,
  (ARRAY['up', 'degraded', 'down', 'inconclusive', 'missed'])[(r.kind & 7) + 1]::verdict AS verdict,
  r.status, k.region, r.remote_address, nullif(r.rare, '')::jsonb->'outcome' AS detail
FROM fresh_result r
JOIN monitor m ON m.seq = r.monitor
JOIN region_key k ON k.key = r.place >> 2;
