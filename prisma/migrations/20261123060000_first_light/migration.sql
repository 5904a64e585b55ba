-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('owner', 'member');

-- CreateEnum
CREATE TYPE "api_key_scope" AS ENUM ('read', 'write');

-- CreateEnum
CREATE TYPE "monitor_method" AS ENUM ('GET', 'HEAD');

-- CreateEnum
CREATE TYPE "monitor_status" AS ENUM ('pending', 'up', 'degraded', 'down', 'unknown');

-- CreateEnum
CREATE TYPE "address_family" AS ENUM ('any', 'ipv4', 'ipv6');

-- CreateEnum
CREATE TYPE "check_trigger" AS ENUM ('schedule', 'confirmation', 'request');

-- CreateEnum
CREATE TYPE "verdict" AS ENUM ('up', 'degraded', 'down', 'inconclusive', 'missed');

-- CreateEnum
CREATE TYPE "end_reason" AS ENUM ('recovered', 'paused');

-- CreateEnum
CREATE TYPE "channel_kind" AS ENUM ('email', 'webhook');

-- CreateEnum
CREATE TYPE "delivery_event" AS ENUM ('incident.opened', 'incident.resolved', 'channel.test');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('pending', 'delivered', 'failed');

-- CreateEnum
CREATE TYPE "attempt_outcome" AS ENUM ('delivered', 'retry', 'rejected');

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "organisation_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "role" "member_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("organisation_id","account_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scope" "api_key_scope" NOT NULL,
    "start" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region" (
    "id" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "region_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "monitor" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "method" "monitor_method" NOT NULL DEFAULT 'GET',
    "interval_ms" INTEGER NOT NULL,
    "timeout_ms" INTEGER NOT NULL,
    "max_redirects" INTEGER NOT NULL,
    "expected_statuses" TEXT NOT NULL,
    "regions" TEXT[],
    "paused_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "monitor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "monitor_state" (
    "monitor_id" UUID NOT NULL,
    "status" "monitor_status" NOT NULL DEFAULT 'pending',
    "status_since" TIMESTAMPTZ(3) NOT NULL,
    "settled" BOOLEAN NOT NULL DEFAULT false,
    "state" JSONB NOT NULL DEFAULT '{"regions":{},"incident":null,"confirmation":null}',
    "deadline_at" TIMESTAMPTZ(3),

    CONSTRAINT "monitor_state_pkey" PRIMARY KEY ("monitor_id")
);

-- CreateTable
CREATE TABLE "check_result" (
    "monitor_id" UUID NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "total_us" INTEGER NOT NULL,
    "dns_us" INTEGER,
    "connect_us" INTEGER,
    "tls_us" INTEGER,
    "first_byte_us" INTEGER,
    "download_us" INTEGER,
    "bytes" INTEGER,
    "family" "address_family" NOT NULL,
    "trigger" "check_trigger" NOT NULL,
    "verdict" "verdict" NOT NULL,
    "status" SMALLINT,
    "region" TEXT NOT NULL,
    "remote_address" INET,
    "detail" JSONB,

    CONSTRAINT "check_result_pkey" PRIMARY KEY ("monitor_id","scheduled_at","region","family")
) PARTITION BY RANGE ("scheduled_at");

-- CreateTable
CREATE TABLE "evidence" (
    "monitor_id" UUID NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3) NOT NULL,
    "region" TEXT NOT NULL,
    "family" "address_family" NOT NULL,
    "evidence" JSONB NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("monitor_id","scheduled_at","region","family")
);

-- CreateTable
CREATE TABLE "span" (
    "monitor_id" UUID NOT NULL,
    "region" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "code" TEXT NOT NULL,
    "failure" JSONB NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "span_pkey" PRIMARY KEY ("monitor_id","region","started_at")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "monitor_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "end_reason" "end_reason",
    "cause" JSONB NOT NULL,
    "regions" TEXT[],
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "channel_kind" NOT NULL,
    "target" TEXT NOT NULL,
    "secret" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "incident_id" UUID,
    "channel_id" UUID,
    "channel_name" TEXT NOT NULL,
    "kind" "channel_kind" NOT NULL,
    "event" "delivery_event" NOT NULL,
    "status" "delivery_status" NOT NULL DEFAULT 'pending',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_attempt_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "attempt_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "attempt_outcome" NOT NULL,
    "answer" TEXT NOT NULL,
    "took_ms" INTEGER NOT NULL,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "organisation_id" UUID NOT NULL,
    "monitor_id" UUID,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "caller" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "status" INTEGER,
    "headers" JSONB,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("caller","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "credential_user_id_idx" ON "credential"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "credential_provider_id_account_id_key" ON "credential"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE INDEX "member_account_id_idx" ON "member"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_organisation_id_id_idx" ON "api_key"("organisation_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "region_token_hash_key" ON "region"("token_hash");

-- CreateIndex
CREATE INDEX "monitor_organisation_id_name_id_idx" ON "monitor"("organisation_id", "name", "id");

-- CreateIndex
CREATE INDEX "monitor_organisation_id_created_at_id_idx" ON "monitor"("organisation_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "monitor_updated_at_idx" ON "monitor"("updated_at");

-- CreateIndex
CREATE INDEX "evidence_scheduled_at_idx" ON "evidence"("scheduled_at");

-- CreateIndex
CREATE INDEX "span_monitor_id_started_at_idx" ON "span"("monitor_id", "started_at");

-- CreateIndex
CREATE INDEX "incident_organisation_id_started_at_id_idx" ON "incident"("organisation_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "incident_monitor_id_started_at_idx" ON "incident"("monitor_id", "started_at");

-- CreateIndex
CREATE INDEX "channel_organisation_id_created_at_id_idx" ON "channel"("organisation_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "delivery_organisation_id_created_at_id_idx" ON "delivery"("organisation_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "delivery_channel_id_idx" ON "delivery"("channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_incident_id_event_channel_id_key" ON "delivery"("incident_id", "event", "channel_id");

-- CreateIndex
CREATE INDEX "delivery_attempt_delivery_id_at_idx" ON "delivery_attempt"("delivery_id", "at");

-- CreateIndex
CREATE INDEX "event_organisation_id_id_idx" ON "event"("organisation_id", "id");

-- CreateIndex
CREATE INDEX "event_created_at_idx" ON "event"("created_at");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "monitor" ADD CONSTRAINT "monitor_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "monitor_state" ADD CONSTRAINT "monitor_state_monitor_id_fkey" FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "span" ADD CONSTRAINT "span_monitor_id_fkey" FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_monitor_id_fkey" FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma cannot say.

-- One open incident per monitor is a fact of the database, not a hope of the code.
CREATE UNIQUE INDEX "incident_one_open" ON "incident" ("monitor_id") WHERE "resolved_at" IS NULL;

-- What the sweeps read stays tiny however long the history grows.
CREATE INDEX "monitor_state_deadline" ON "monitor_state" ("deadline_at") WHERE "deadline_at" IS NOT NULL;
CREATE INDEX "delivery_due" ON "delivery" ("next_attempt_at") WHERE "status" = 'pending';

-- Partitions have a schema of their own: Prisma knows the parent alone, and a drop is one statement.
CREATE SCHEMA "check_results";

CREATE FUNCTION "ensure_check_result_partitions"("first_day" date, "last_day" date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  d date;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7203771402);
  FOR d IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
    IF to_regclass(format('check_results.day_%s', to_char(d, 'YYYYMMDD'))) IS NULL THEN
      EXECUTE format(
        'CREATE TABLE check_results.day_%s PARTITION OF check_result FOR VALUES FROM (%L) TO (%L)',
        to_char(d, 'YYYYMMDD'), d::timestamp AT TIME ZONE 'UTC', (d + 1)::timestamp AT TIME ZONE 'UTC');
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;

-- Whole days go, never rows.
CREATE FUNCTION "drop_check_result_partitions"("before_day" date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  t text;
  dropped integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7203771402);
  FOR t IN
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'check_results' AND c.relkind = 'r' AND c.relname ~ '^day_[0-9]{8}$'
      AND to_date(substring(c.relname FROM 5), 'YYYYMMDD') < before_day
  LOOP
    EXECUTE format('DROP TABLE check_results.%I', t);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

SELECT "ensure_check_result_partitions"((now() AT TIME ZONE 'UTC')::date - 2, (now() AT TIME ZONE 'UTC')::date + 7);
