-- What a monitor asks besides GET and HEAD, what an answer must be besides its status, and when it is degraded.
ALTER TYPE "monitor_method" ADD VALUE 'POST';
ALTER TYPE "monitor_method" ADD VALUE 'PUT';
ALTER TYPE "monitor_method" ADD VALUE 'PATCH';
ALTER TYPE "monitor_method" ADD VALUE 'DELETE';
ALTER TYPE "monitor_method" ADD VALUE 'OPTIONS';
ALTER TABLE "monitor"
  ADD COLUMN "headers" JSON NOT NULL DEFAULT '{}',
  ADD COLUMN "body" TEXT,
  ADD COLUMN "auth" JSON,
  ADD COLUMN "auth_sealed" TEXT,
  ADD COLUMN "assertions" JSON NOT NULL DEFAULT '[]',
  ADD COLUMN "degraded_above_ms" INTEGER;
