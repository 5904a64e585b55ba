-- What probes tell of themselves: how far their clock is ahead of ours, and whether they see nothing at all.
ALTER TABLE "region" ADD COLUMN "clock_offset_ms" INTEGER, ADD COLUMN "blind" BOOLEAN NOT NULL DEFAULT false;

-- Since when api and worker are there without a gap: what nobody could have heard makes no region dark.
CREATE TABLE "core_watch" (
  "part" TEXT NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "core_watch_pkey" PRIMARY KEY ("part")
);

-- Stretches without a sign of life of any probe of a region. No foreign key: they outlive the region.
CREATE TABLE "region_outage" (
  "region" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "told_until" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "region_outage_pkey" PRIMARY KEY ("region", "started_at")
);
CREATE UNIQUE INDEX "region_outage_open_key" ON "region_outage"("region") WHERE "ended_at" IS NULL;

-- Stretches in which no region looked at a monitor although regions were there.
CREATE TABLE "monitor_silence" (
  "monitor_id" UUID NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "told_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "monitor_silence_pkey" PRIMARY KEY ("monitor_id", "started_at")
);
ALTER TABLE "monitor_silence" ADD CONSTRAINT "monitor_silence_monitor_id_fkey"
  FOREIGN KEY ("monitor_id") REFERENCES "monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "monitor_silence_open_key" ON "monitor_silence"("monitor_id") WHERE "ended_at" IS NULL;
