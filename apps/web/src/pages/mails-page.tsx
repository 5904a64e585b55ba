import { t } from '@lingui/core/macro';
import { MailsList } from '../features/mails/mails-list.tsx';
import { Page } from '../ui/page.tsx';

export const MailsPage = () => (
  <Page
    title={t`Mails`}
    note={t`No mail server is set, so mails to your address are written to files and shown here. Set SMTP_URL to have them sent.`}
  >
    <MailsList />
  </Page>
);
