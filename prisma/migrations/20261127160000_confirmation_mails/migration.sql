-- How often an address was asked for consent, by whomever: an inbox is not filled by asking from many organisations.
CREATE TABLE "confirmation_mail" (
  "lookup" BYTEA NOT NULL,
  "count" INTEGER NOT NULL DEFAULT 1,
  "since" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "confirmation_mail_pkey" PRIMARY KEY ("lookup")
);
CREATE INDEX "confirmation_mail_since_idx" ON "confirmation_mail"("since");
