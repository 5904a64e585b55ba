-- A deleted monitor can be brought back for a day. Until then it belongs to an organisation that nobody is a member of,
-- one for each that deletes something: whatever asks for an organisation's monitors finds it no more.
ALTER TABLE "monitor" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
CREATE INDEX "monitor_deleted_at_idx" ON "monitor" ("deleted_at");
ALTER TABLE "organisation" ADD COLUMN "limbo_of" UUID;
CREATE UNIQUE INDEX "organisation_limbo_of_key" ON "organisation" ("limbo_of");
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_limbo_of_fkey" FOREIGN KEY ("limbo_of") REFERENCES "organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
