import { ButtonLink } from '../ui/link.tsx';
import { Page } from '../ui/page.tsx';
import styles from './pages.module.css';

export const NotFoundPage = () => (
  <Page narrow title="There is nothing here" note="The page does not exist, or what it showed was deleted.">
    <div>
      <ButtonLink to="/">Go to your monitors</ButtonLink>
    </div>
  </Page>
);

/** The same where no frame stands around it. */
export const NotFoundAlone = () => (
  <main className={styles.away}>
    <NotFoundPage />
  </main>
);
