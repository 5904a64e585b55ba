-- Who broke it and why: versions, when the next is due, what was said of them, and the logs that were read.

CREATE TABLE "diagnosis" (
  "incident_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "why" TEXT NOT NULL,
  "diagnosis" JSONB NOT NULL,
  "cause" TEXT NOT NULL,
  "confidence" DOUBLE PRECISION NOT NULL,
  CONSTRAINT "diagnosis_pkey" PRIMARY KEY ("incident_id", "version")
);
ALTER TABLE "diagnosis" ADD CONSTRAINT "diagnosis_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "diagnosis_due" (
  "incident_id" UUID NOT NULL,
  "due_at" TIMESTAMPTZ(3),
  "why" TEXT NOT NULL,
  "news" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "diagnosis_due_pkey" PRIMARY KEY ("incident_id")
);
ALTER TABLE "diagnosis_due" ADD CONSTRAINT "diagnosis_due_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- The sweep reads what is due; the others cost nothing.
CREATE INDEX "diagnosis_due_due" ON "diagnosis_due" ("due_at") WHERE "due_at" IS NOT NULL;
-- What goes on is diagnosed from now on; what is over when somebody hands in a log.
INSERT INTO "diagnosis_due" ("incident_id", "due_at", "why") SELECT "id", now(), 'opened' FROM "incident" WHERE "resolved_at" IS NULL;

CREATE TABLE "diagnosis_feedback" (
  "incident_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "judge" UUID NOT NULL,
  "account_id" UUID,
  "author" TEXT NOT NULL,
  "verdict" TEXT NOT NULL,
  "cause" TEXT,
  "hop" TEXT,
  "note" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "diagnosis_feedback_pkey" PRIMARY KEY ("incident_id", "version", "judge")
);
ALTER TABLE "diagnosis_feedback" ADD CONSTRAINT "diagnosis_feedback_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "incident_log" (
  "id" UUID NOT NULL,
  "incident_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "bytes" INTEGER NOT NULL,
  "reading" JSONB NOT NULL,
  "account_id" UUID,
  "author" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "incident_log_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "incident_log_incident_id_at_id_idx" ON "incident_log"("incident_id", "at", "id");
ALTER TABLE "incident_log" ADD CONSTRAINT "incident_log_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
