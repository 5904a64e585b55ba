-- A channel's newest delivery, and the delivery log of one channel or one monitor, newest first.

CREATE INDEX "delivery_channel_id_created_at_id_idx" ON "delivery"("channel_id", "created_at", "id");
CREATE INDEX "delivery_monitor_id_created_at_id_idx" ON "delivery"("monitor_id", "created_at", "id");
