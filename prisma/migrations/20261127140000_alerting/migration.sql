-- Seven channels, routing, escalation, and a log that tells everything a delivery went through.

ALTER TYPE "channel_kind" ADD VALUE 'sms';
ALTER TYPE "channel_kind" ADD VALUE 'voice';
ALTER TYPE "channel_kind" ADD VALUE 'slack';
ALTER TYPE "channel_kind" ADD VALUE 'discord';
ALTER TYPE "channel_kind" ADD VALUE 'telegram';

ALTER TABLE "account" ADD COLUMN "time_zone" TEXT, ADD COLUMN "quiet_hours" JSONB;
ALTER TABLE "organisation"
  ADD COLUMN "time_zone" TEXT NOT NULL DEFAULT 'UTC',
  ADD COLUMN "weekly_report" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "reported_at" TIMESTAMPTZ(3);

CREATE TABLE "escalation_policy" (
  "id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "is_default" BOOLEAN NOT NULL DEFAULT false,
  "tags" TEXT[],
  "steps" JSONB NOT NULL,
  "repeat_times" INTEGER NOT NULL DEFAULT 0,
  "repeat_after_ms" INTEGER NOT NULL DEFAULT 0,
  "remind_every_ms" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "escalation_policy_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "escalation_policy" ALTER COLUMN "tags" SET DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "escalation_policy_organisation_id_created_at_id_idx" ON "escalation_policy"("organisation_id", "created_at", "id");
ALTER TABLE "escalation_policy" ADD CONSTRAINT "escalation_policy_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- An organisation has one default at most.
CREATE UNIQUE INDEX "escalation_policy_one_default" ON "escalation_policy" ("organisation_id") WHERE "is_default";

CREATE TABLE "on_call_schedule" (
  "id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "rotations" JSONB NOT NULL,
  "overrides" JSONB NOT NULL DEFAULT '[]',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "on_call_schedule_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "on_call_schedule_organisation_id_created_at_id_idx" ON "on_call_schedule"("organisation_id", "created_at", "id");
ALTER TABLE "on_call_schedule" ADD CONSTRAINT "on_call_schedule_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "monitor"
  ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "policy_id" UUID,
  ADD COLUMN "alert_after_ms" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "certificate_ends" TIMESTAMPTZ(3),
  ADD COLUMN "certificate_told" INTEGER[] DEFAULT ARRAY[]::INTEGER[];
CREATE INDEX "monitor_policy_id_idx" ON "monitor"("policy_id");
CREATE INDEX "monitor_certificate_ends" ON "monitor" ("certificate_ends") WHERE "certificate_ends" IS NOT NULL;
ALTER TABLE "monitor" ADD CONSTRAINT "monitor_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "escalation_policy"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "incident"
  ADD COLUMN "severity" TEXT NOT NULL DEFAULT 'down',
  ADD COLUMN "acknowledged_at" TIMESTAMPTZ(3),
  ADD COLUMN "acknowledged_by" JSONB,
  ADD COLUMN "assignee_id" UUID,
  ADD COLUMN "snoozed_until" TIMESTAMPTZ(3),
  ADD COLUMN "post_mortem" TEXT,
  ADD COLUMN "post_mortem_at" TIMESTAMPTZ(3);

CREATE TABLE "incident_comment" (
  "id" UUID NOT NULL,
  "incident_id" UUID NOT NULL,
  "kind" TEXT NOT NULL DEFAULT 'comment',
  "account_id" UUID,
  "author" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "incident_comment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "incident_comment_incident_id_created_at_id_idx" ON "incident_comment"("incident_id", "created_at", "id");
ALTER TABLE "incident_comment" ADD CONSTRAINT "incident_comment_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "escalation" (
  "incident_id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "policy" JSONB NOT NULL,
  "round" INTEGER NOT NULL,
  "step" INTEGER NOT NULL,
  "due_at" TIMESTAMPTZ(3),
  "remind_at" TIMESTAMPTZ(3),
  CONSTRAINT "escalation_pkey" PRIMARY KEY ("incident_id")
);
CREATE INDEX "escalation_due" ON "escalation" (least("due_at", "remind_at")) WHERE "due_at" IS NOT NULL OR "remind_at" IS NOT NULL;
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "channel"
  ADD COLUMN "account_id" UUID,
  ADD COLUMN "settings" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "status" TEXT NOT NULL DEFAULT 'active',
  ADD COLUMN "status_reason" TEXT,
  ADD COLUMN "status_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "quiet_hours" JSONB,
  ADD COLUMN "hold_until" TIMESTAMPTZ(3),
  ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "lookup" BYTEA,
  ADD COLUMN "link_code" TEXT,
  ADD COLUMN "link_expires_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "channel_link_code_key" ON "channel"("link_code");
CREATE INDEX "channel_account_id_idx" ON "channel"("account_id");
CREATE INDEX "channel_lookup_idx" ON "channel"("lookup");
ALTER TABLE "channel" ADD CONSTRAINT "channel_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- The channel to the owner's own address, made at sign-up, is that person's.
UPDATE "channel" c SET "account_id" = a."id" FROM "member" m JOIN "account" a ON a."id" = m."account_id"
  WHERE m."organisation_id" = c."organisation_id" AND m."role" = 'owner' AND c."kind" = 'email' AND lower(c."target") = lower(a."email");

CREATE TABLE "provider_hold" (
  "provider" TEXT NOT NULL,
  "until" TIMESTAMPTZ(3) NOT NULL,
  "reason" TEXT NOT NULL,
  CONSTRAINT "provider_hold_pkey" PRIMARY KEY ("provider")
);
CREATE TABLE "opt_out" (
  "lookup" BYTEA NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "opt_out_pkey" PRIMARY KEY ("lookup")
);
CREATE TABLE "operator_notice" (
  "key" TEXT NOT NULL,
  "count" INTEGER NOT NULL DEFAULT 1,
  "told_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "operator_notice_pkey" PRIMARY KEY ("key")
);

-- Words instead of enums: new events come with every release, and an old worker must read a new row.
DROP INDEX "delivery_due";
DROP INDEX "delivery_order";
DROP INDEX "delivery_incident_id_event_channel_id_key";
ALTER TABLE "delivery" ALTER COLUMN "status" DROP DEFAULT;
ALTER TABLE "delivery" ALTER COLUMN "event" TYPE TEXT USING "event"::text;
ALTER TABLE "delivery" ALTER COLUMN "status" TYPE TEXT USING "status"::text;
ALTER TABLE "delivery" ALTER COLUMN "status" SET DEFAULT 'pending';
ALTER TABLE "delivery_attempt" ALTER COLUMN "outcome" TYPE TEXT USING "outcome"::text;
DROP TYPE "delivery_event";
DROP TYPE "delivery_status";
DROP TYPE "attempt_outcome";

ALTER TABLE "delivery"
  ADD COLUMN "severity" TEXT NOT NULL DEFAULT 'down',
  ADD COLUMN "key" TEXT,
  ADD COLUMN "rank" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "detail" JSONB,
  ADD COLUMN "sealed_target" TEXT,
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "sent_at" TIMESTAMPTZ(3),
  ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "tried_since" TIMESTAMPTZ(3),
  ADD COLUMN "bundle_id" UUID,
  ADD COLUMN "receipt" JSONB,
  ADD COLUMN "provider_id" TEXT;
UPDATE "delivery" SET
  "key" = CASE WHEN "incident_id" IS NULL THEN "event" || ':' || "id" ELSE "event" || ':' || "incident_id" END,
  "rank" = CASE WHEN "event" = 'incident.resolved' THEN 90 ELSE 0 END,
  "failures" = "attempt_count",
  "sent_at" = CASE WHEN "status" = 'delivered' THEN "settled_at" END;
ALTER TABLE "delivery" ALTER COLUMN "key" SET NOT NULL;
DROP INDEX "delivery_channel_id_idx";
CREATE UNIQUE INDEX "delivery_channel_id_key_key" ON "delivery"("channel_id", "key");
CREATE INDEX "delivery_channel_id_sent_at_idx" ON "delivery"("channel_id", "sent_at");
CREATE INDEX "delivery_incident_id_idx" ON "delivery"("incident_id");
CREATE INDEX "delivery_bundle_id_idx" ON "delivery"("bundle_id");
CREATE INDEX "delivery_provider_id_idx" ON "delivery"("provider_id");
-- What the sweeps read stays tiny however long the history grows.
CREATE INDEX "delivery_due" ON "delivery" ("next_attempt_at") WHERE "status" = 'pending';
CREATE INDEX "delivery_accepted" ON "delivery" ("sent_at") WHERE "status" = 'accepted';
-- The news of one monitor reach a channel in order: what is pending before a delivery is found by its own columns.
CREATE INDEX "delivery_order" ON "delivery" ("channel_id", "monitor_id", "incident_id", "rank", "id") WHERE "status" = 'pending';
-- What is due next for a channel. The last condition keeps the planner from taking this one for the order above.
CREATE INDEX "delivery_next" ON "delivery" ("channel_id", "next_attempt_at", "id") WHERE "status" = 'pending' AND "next_attempt_at" IS NOT NULL;
CREATE INDEX "delivery_stopped" ON "delivery" ("created_at") WHERE "event" = 'monitoring.stopped';
