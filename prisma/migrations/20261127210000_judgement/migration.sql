-- The judgement is a fold of the log that can begin again at any checkpoint.

ALTER TYPE "monitor_status" ADD VALUE 'flapping';
ALTER TYPE "end_reason" ADD VALUE 'withdrawn';

ALTER TABLE "monitor"
  ADD COLUMN "agree" TEXT NOT NULL DEFAULT 'majority' CHECK ("agree" ~ '^(any|majority|all|[1-9][0-9]?)$'),
  ADD COLUMN "failures_to_open" SMALLINT,
  ADD COLUMN "successes_to_resolve" SMALLINT,
  ADD COLUMN "degraded_after" SMALLINT NOT NULL DEFAULT 3,
  ADD COLUMN "grace_ms" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "incident"
  ADD COLUMN "end_known_at" TIMESTAMPTZ(3),
  ADD COLUMN "told_at" TIMESTAMPTZ(3),
  ADD COLUMN "end_told_at" TIMESTAMPTZ(3),
  ADD COLUMN "bounds" JSONB;
UPDATE "incident" SET "told_at" = "opened_at", "end_known_at" = "resolved_at", "end_told_at" = "resolved_at";

ALTER TABLE "span" ADD COLUMN "end_known_at" TIMESTAMPTZ(3);
-- What still ran is judged anew from here on: its part until now is kept as it was last seen.
UPDATE "span" SET "ended_at" = "last_seen_at" WHERE "ended_at" IS NULL;
UPDATE "span" SET "end_known_at" = "ended_at";

ALTER TABLE "monitor_state" ADD COLUMN "judged_until" TIMESTAMPTZ(3) NOT NULL DEFAULT now();

-- What was learnt of single regions is learnt anew from the next looks on; an open incident stays open.
UPDATE "monitor_state" s SET "settled" = false, "deadline_at" = NULL, "state" = jsonb_build_object(
  'regions', '{}'::jsonb,
  'incident', (SELECT jsonb_build_object('startedAt', floor(extract(epoch FROM i."started_at") * 1000), 'cause', i."cause",
     'regions', to_jsonb(i."regions")) FROM "incident" i WHERE i."monitor_id" = s."monitor_id" AND i."resolved_at" IS NULL),
  'endedAt', 0, 'confirmation', NULL, 'seenUp', s."status"::text <> 'pending', 'degradedSince', NULL, 'changes', '[]'::jsonb,
  'flappingSince', NULL, 'from', coalesce((s."state"->>'from')::float8, 0),
  'until', floor(extract(epoch FROM now()) * 1000));
ALTER TABLE "monitor_state" ALTER COLUMN "state" SET DEFAULT '{}';

CREATE TABLE "judgement_checkpoint" (
    "monitor_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "judgement_checkpoint_pkey" PRIMARY KEY ("monitor_id", "until")
);
ALTER TABLE "judgement_checkpoint" ADD CONSTRAINT "judgement_checkpoint_monitor_id_fkey"
  FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;
INSERT INTO "judgement_checkpoint" SELECT "monitor_id", "judged_until", "state" FROM "monitor_state";

CREATE TABLE "monitor_change" (
    "monitor_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "witnesses" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "monitor_change_pkey" PRIMARY KEY ("monitor_id", "decided_at", "kind")
);
CREATE INDEX "monitor_change_decided_at_idx" ON "monitor_change"("decided_at");
ALTER TABLE "monitor_change" ADD CONSTRAINT "monitor_change_monitor_id_fkey"
  FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Monitors that have had an answer were known since they were made, as far as anybody can tell; a pause goes on.
INSERT INTO "monitor_change" ("monitor_id", "decided_at", "kind", "at", "status")
SELECT m."id", m."created_at", 'first-good', m."created_at", 'up' FROM "monitor" m
JOIN "monitor_state" s ON s."monitor_id" = m."id" WHERE s."status"::text <> 'pending' OR m."paused_at" IS NOT NULL;
INSERT INTO "monitor_change" ("monitor_id", "decided_at", "kind", "at", "status")
SELECT "id", "paused_at", 'paused', "paused_at", 'paused' FROM "monitor" WHERE "paused_at" IS NOT NULL;
