-- A renewed certificate counts once nobody sees the old one any more; until then the doubt needs a place.
ALTER TABLE "monitor" ADD COLUMN "certificate_later_since" TIMESTAMPTZ(3);
