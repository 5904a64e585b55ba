ALTER TABLE "channel" ADD COLUMN "sealed" TEXT;
