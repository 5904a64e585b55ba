-- Until when somebody wanted no word of it: so far that was in the line's text alone, and a replay has to know it.
ALTER TABLE "incident_comment" ADD COLUMN "snoozed_until" TIMESTAMPTZ(3);
UPDATE "incident_comment"
  SET "snoozed_until" = substring("text" FROM '(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC')::timestamp AT TIME ZONE 'UTC'
  WHERE "kind" = 'snoozed';
