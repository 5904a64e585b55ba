-- Sums of the phases of answered looks, microseconds, so that a chart can tell where the time went; `answered` counts those
-- looks. Roll-ups that were made before are left as they are: theirs are null, and unknown.
ALTER TABLE "roll_up_5m" ADD COLUMN "answered" INTEGER, ADD COLUMN "dns_us" BIGINT, ADD COLUMN "connect_us" BIGINT,
  ADD COLUMN "tls_us" BIGINT, ADD COLUMN "first_byte_us" BIGINT, ADD COLUMN "download_us" BIGINT;
ALTER TABLE "roll_up_1h" ADD COLUMN "answered" INTEGER, ADD COLUMN "dns_us" BIGINT, ADD COLUMN "connect_us" BIGINT,
  ADD COLUMN "tls_us" BIGINT, ADD COLUMN "first_byte_us" BIGINT, ADD COLUMN "download_us" BIGINT;
ALTER TABLE "roll_up_1d" ADD COLUMN "answered" INTEGER, ADD COLUMN "dns_us" BIGINT, ADD COLUMN "connect_us" BIGINT,
  ADD COLUMN "tls_us" BIGINT, ADD COLUMN "first_byte_us" BIGINT, ADD COLUMN "download_us" BIGINT;
