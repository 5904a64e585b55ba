-- When somebody last asked for a look at this monitor; the next one has to wait a little.
ALTER TABLE "monitor" ADD COLUMN "asked_at" TIMESTAMPTZ(3);

-- What is over is forgotten after a while: found without reading the whole table.
CREATE INDEX "delivery_settled" ON "delivery" ("settled_at") WHERE "settled_at" IS NOT NULL;
CREATE INDEX "incident_resolved" ON "incident" ("resolved_at") WHERE "resolved_at" IS NOT NULL;
CREATE INDEX "span_ended" ON "span" ("ended_at") WHERE "ended_at" IS NOT NULL;
