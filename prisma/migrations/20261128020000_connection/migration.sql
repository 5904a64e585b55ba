-- How a monitor's connections are made: HTTP version, address family, SNI, Host, resolvers, origin.
ALTER TABLE "monitor" ADD COLUMN "connection" JSONB NOT NULL DEFAULT '{}';
-- A look in full; not every one has evidence of a failure beside it.
ALTER TABLE "evidence" ALTER COLUMN "evidence" DROP NOT NULL, ADD COLUMN "details" JSONB;
CREATE INDEX "evidence_details" ON "evidence" ("monitor_id", "region", "family", "scheduled_at" DESC) WHERE "details" IS NOT NULL;
-- Since when a region's probe sees nothing; kept until its operator was told that it sees again.
ALTER TABLE "region" ADD COLUMN "blind_since" TIMESTAMPTZ(3);
