-- What a monitor was judged by until a change of it: late looks and replays are judged by the policy of their time.
ALTER TABLE "monitor_change" ADD COLUMN "policy_before" JSONB;
