-- Read-only links for people without an account; the token itself is kept nowhere.

CREATE TABLE "share" (
  "id" UUID NOT NULL,
  "organisation_id" UUID NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "kind" TEXT NOT NULL,
  "monitor_id" UUID NOT NULL,
  "subject" TEXT NOT NULL,
  "with_body" BOOLEAN NOT NULL,
  "author" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "share_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "share_token_hash_key" ON "share"("token_hash");
CREATE INDEX "share_organisation_id_id_idx" ON "share"("organisation_id", "id");
CREATE INDEX "share_monitor_id_idx" ON "share"("monitor_id");
CREATE INDEX "share_expires_at_idx" ON "share"("expires_at");
ALTER TABLE "share" ADD CONSTRAINT "share_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "share" ADD CONSTRAINT "share_monitor_id_fkey" FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;
