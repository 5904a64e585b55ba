-- Which batches of results the log has taken. A probe keeps a batch until it has heard that it is here.
CREATE TABLE "stored_batch" (
    "batch_id" UUID NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stored_batch_pkey" PRIMARY KEY ("batch_id")
);
CREATE INDEX "stored_batch_stored_at_idx" ON "stored_batch"("stored_at");
