-- When alerts are silent, and why: maintenance windows, parents, shared causes, and every decision as a fact. And marks.

CREATE TABLE "maintenance_window" (
  "id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "note" TEXT,
  "starts_at" TEXT NOT NULL,
  "time_zone" TEXT NOT NULL,
  "duration_ms" BIGINT NOT NULL,
  "rule" TEXT,
  "scope" TEXT NOT NULL,
  "monitor_ids" UUID[],
  "tags" TEXT[],
  "counts_as" TEXT NOT NULL DEFAULT 'excluded',
  "cuts" TIMESTAMPTZ(3)[],
  "due_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "maintenance_window_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "maintenance_window"
  ALTER COLUMN "monitor_ids" SET DEFAULT ARRAY[]::UUID[],
  ALTER COLUMN "tags" SET DEFAULT ARRAY[]::TEXT[],
  ALTER COLUMN "cuts" SET DEFAULT ARRAY[]::TIMESTAMPTZ(3)[];
CREATE INDEX "maintenance_window_organisation_id_created_at_id_idx" ON "maintenance_window"("organisation_id", "created_at", "id");
ALTER TABLE "maintenance_window" ADD CONSTRAINT "maintenance_window_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- The sweep reads what runs, and what begins next; the others cost nothing.
CREATE INDEX "maintenance_window_due" ON "maintenance_window" ("due_at") WHERE "due_at" IS NOT NULL;

CREATE TABLE "maintenance_stretch" (
  "monitor_id" UUID NOT NULL,
  "window_id" UUID NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "until" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "name" TEXT NOT NULL,
  "counts_as" TEXT NOT NULL,
  CONSTRAINT "maintenance_stretch_pkey" PRIMARY KEY ("monitor_id", "window_id", "started_at")
);
CREATE INDEX "maintenance_stretch_monitor_id_started_at_idx" ON "maintenance_stretch"("monitor_id", "started_at");
ALTER TABLE "maintenance_stretch" ADD CONSTRAINT "maintenance_stretch_monitor_id_fkey" FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "maintenance_stretch_one_open" ON "maintenance_stretch" ("monitor_id", "window_id") WHERE "ended_at" IS NULL;
CREATE INDEX "maintenance_stretch_open" ON "maintenance_stretch" ("window_id") WHERE "ended_at" IS NULL;

CREATE TABLE "mark" (
  "id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "scope" TEXT NOT NULL,
  "monitor_ids" UUID[],
  "tags" TEXT[],
  "author" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "mark_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "mark"
  ALTER COLUMN "monitor_ids" SET DEFAULT ARRAY[]::UUID[],
  ALTER COLUMN "tags" SET DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "mark_organisation_id_at_id_idx" ON "mark"("organisation_id", "at", "id");
CREATE INDEX "mark_at_idx" ON "mark"("at");
ALTER TABLE "mark" ADD CONSTRAINT "mark_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "monitor_parent" (
  "monitor_id" UUID NOT NULL,
  "parent_id" UUID NOT NULL,
  CONSTRAINT "monitor_parent_pkey" PRIMARY KEY ("monitor_id", "parent_id")
);
CREATE INDEX "monitor_parent_parent_id_idx" ON "monitor_parent"("parent_id");
ALTER TABLE "monitor_parent" ADD CONSTRAINT "monitor_parent_monitor_id_fkey" FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "monitor_parent" ADD CONSTRAINT "monitor_parent_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A table of its own and no columns of "incident": it is written under locks that must not wait for that row.
CREATE TABLE "incident_attachment" (
  "incident_id" UUID NOT NULL,
  "parent_incident_id" UUID NOT NULL,
  "because" TEXT NOT NULL,
  "shared" TEXT,
  "attached_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "incident_attachment_pkey" PRIMARY KEY ("incident_id")
);
CREATE INDEX "incident_attachment_parent_incident_id_idx" ON "incident_attachment"("parent_incident_id");
ALTER TABLE "incident_attachment" ADD CONSTRAINT "incident_attachment_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "incident_attachment" ADD CONSTRAINT "incident_attachment_parent_incident_id_fkey" FOREIGN KEY ("parent_incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "incident_decision" (
  "id" UUID NOT NULL,
  "incident_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "code" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "detail" JSONB NOT NULL DEFAULT '{}',
  CONSTRAINT "incident_decision_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "incident_decision_incident_id_key_key" ON "incident_decision"("incident_id", "key");
CREATE INDEX "incident_decision_incident_id_at_id_idx" ON "incident_decision"("incident_id", "at", "id");
ALTER TABLE "incident_decision" ADD CONSTRAINT "incident_decision_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A ladder that is held keeps its own due times: they are looked at again when the hold is over.
ALTER TABLE "escalation" ADD COLUMN "held_until" TIMESTAMPTZ(3), ADD COLUMN "held_for" TEXT;
CREATE INDEX "escalation_held" ON "escalation" ("organisation_id") WHERE "held_until" IS NOT NULL;
-- Who else is down right now: asked whenever an incident opens.
CREATE INDEX "incident_open" ON "incident" ("organisation_id", "started_at") WHERE "resolved_at" IS NULL;
