-- What people asked a probe to read, and what came of it; kept for an hour at most.

CREATE TABLE "page_read" (
  "id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "answer" JSONB,
  CONSTRAINT "page_read_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "page_read" ADD CONSTRAINT "page_read_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "page_read_organisation_id_asked_at_idx" ON "page_read"("organisation_id", "asked_at");
