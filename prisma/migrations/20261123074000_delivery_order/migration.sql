-- The news of one monitor reach a channel in order: what is pending before a delivery is found by its own columns.
ALTER TABLE "delivery" ADD COLUMN "monitor_id" UUID;
UPDATE "delivery" d SET "monitor_id" = i."monitor_id" FROM "incident" i WHERE i."id" = d."incident_id";
CREATE INDEX "delivery_order" ON "delivery" ("channel_id", "monitor_id", "incident_id", "event") WHERE "status" = 'pending';
