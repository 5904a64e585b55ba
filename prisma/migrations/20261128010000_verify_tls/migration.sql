-- A monitor of a host whose certificate is its own business.
ALTER TABLE "monitor" ADD COLUMN "verify_tls" BOOLEAN NOT NULL DEFAULT true;
