-- Named views of lists: a place and its search parameters, of one person, for themselves or for the organisation.

CREATE TABLE "saved_view" (
  "id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "account_id" UUID NOT NULL,
  "place" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "search" JSONB NOT NULL,
  "visibility" TEXT NOT NULL,
  "is_default" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "saved_view_organisation_id_account_id_place_name_key" ON "saved_view"("organisation_id", "account_id", "place", "name");
CREATE INDEX "saved_view_account_id_idx" ON "saved_view"("account_id");
-- A list opens with one view at most.
CREATE UNIQUE INDEX "saved_view_default" ON "saved_view" ("organisation_id", "account_id", "place") WHERE "is_default";
