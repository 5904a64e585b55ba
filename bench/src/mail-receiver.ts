import { startInbox } from '@farwatch/testkit';

// A process of its own, so that it takes no time from the bench: a mail server that notes which mail it took when.

const inbox = await startInbox();
process.send?.({ url: inbox.url });
/** Asked for anything, it answers all that came so far. A mail's id begins with its delivery's. */
process.on('message', () => {
  const receipts = inbox.mails.map(({ at, parsed }) => ({
    ...{ at, path: '/mail', id: parsed.messageId?.replace(/^<|@.*$/gu, '') ?? '' },
  }));
  process.send?.({ receipts });
});
process.once('disconnect', () => process.exit(0));
