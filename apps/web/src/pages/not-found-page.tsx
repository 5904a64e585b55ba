import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ButtonLink } from '../ui/link.tsx';
import { Page } from '../ui/page.tsx';
import styles from './pages.module.css';

export const NotFoundPage = () => (
  <Page narrow title={t`There is nothing here`} note={t`The page does not exist, or what it showed was deleted.`}>
    <div>
      <ButtonLink to="/">
        <Trans>Go to your monitors</Trans>
      </ButtonLink>
    </div>
  </Page>
);

/** The same where no frame stands around it. */
export const NotFoundAlone = () => (
  <main className={styles.away}>
    <NotFoundPage />
  </main>
);
