import { setTimeout as pause } from 'node:timers/promises';
import type { Mailer } from '@farwatch/notifiers';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../../config.ts';
import type { Sql } from '../../db.ts';
import { type ProblemError, problem } from '../../plugins/problems.ts';
import { openBackground } from '../accounts/background.ts';
import { linkUrl } from '../links/token.ts';
import { confirmMail } from './confirm-mail.ts';
import { countConfirmation } from './confirmation-limit.ts';
import { lookupOf } from './lookup.ts';
import { openBudget } from './mail-budget.ts';
import type { ChannelRow } from './view.ts';

type ConsentDeps = Readonly<{
  mailer: Pick<Mailer, 'send'>;
  config: Pick<Config, 'publicUrl' | 'secret'>;
  log: Pick<FastifyBaseLogger, 'warn'>;
}>;
type Asker = Readonly<{ organisation: Readonly<{ id: string; name: string }>; by: string | null }>;

const perOrganisation = { count: 30, withinMs: 3_600_000 } as const;
const retryWaitsMs = [2_000, 20_000];
/** How long a process that ends lets mails leave. */
const closingMs = 5_000;

const tooMany = (waitMs: number): ProblemError =>
  problem(429, 'too-many-confirmations', 'Too many confirmation mails were sent. Try again later.', undefined, {
    'retry-after': String(Math.ceil(waitMs / 1_000)),
  });

/**
 * Asks mail addresses for consent. The mail goes to somebody who may know nothing of us, so there is a limit an address
 * and one an organisation. It leaves after the commit; one that a crash lost is asked for again by hand.
 */
export const openConsentMails = ({ mailer, config, log }: ConsentDeps) => {
  const organisations = openBudget(perOrganisation);
  const closing = new AbortController();
  const background = openBackground((err) => log.warn({ err }, 'a confirmation mail could not be sent'));

  const send = async (row: ChannelRow, { organisation, by }: Asker): Promise<void> => {
    const { publicUrl, secret } = config;
    const to = { channelId: row.id, target: row.target, organisationId: row.organisationId };
    const link = linkUrl(publicUrl, secret, { purpose: 'confirm', ...to });
    const leaveLink = linkUrl(publicUrl, secret, { purpose: 'unsubscribe', ...to });
    const mail = confirmMail({ to: row.target, channelId: row.id, organisation, by, link, leaveLink });
    for (const waitMs of [...retryWaitsMs, null]) {
      const outcome = await mailer.send(mail, closing.signal);
      if (outcome.kind === 'delivered' || outcome.kind === 'accepted') return;
      log.warn({ channelId: row.id, reason: outcome.reason }, 'a confirmation mail was not accepted');
      if (outcome.kind === 'rejected' || waitMs === null || closing.signal.aborted) return;
      await pause(waitMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
    }
  };

  return {
    /** Takes one mail to this address out of the budgets, in the transaction that asks; throws 429 when one is used up. */
    take: async (tx: Sql, organisationId: string, address: string, now: number): Promise<void> => {
      const lookup = lookupOf(config.secret, 'email', address.toLowerCase());
      const waitMs = organisations.waitMs(organisationId, now) || (await countConfirmation(tx, lookup, now));
      if (waitMs > 0) throw tooMany(waitMs);
      organisations.take(organisationId, now);
    },
    send: (row: ChannelRow, asker: Asker): void => background.run(send(row, asker)),
    settled: background.settled,
    close: async (): Promise<void> => {
      const deadline = setTimeout(() => closing.abort(), closingMs);
      await background.settled();
      clearTimeout(deadline);
    },
  };
};
export type ConsentMails = ReturnType<typeof openConsentMails>;
