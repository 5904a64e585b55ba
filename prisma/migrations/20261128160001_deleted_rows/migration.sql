-- What was deleted, whole, for a day: it can be brought back under its own id. What named it and was cut off stands beside it.

CREATE TABLE "deleted_row" (
  "id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "table_name" TEXT NOT NULL,
  "row" JSONB NOT NULL,
  "named_by" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
  "deleted_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "deleted_row_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "deleted_row" ADD CONSTRAINT "deleted_row_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "deleted_row_organisation_id_idx" ON "deleted_row"("organisation_id");
CREATE INDEX "deleted_row_deleted_at_idx" ON "deleted_row"("deleted_at");
