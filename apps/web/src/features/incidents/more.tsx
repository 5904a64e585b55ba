import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './incidents.module.css';

type Paged = Readonly<{ hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }>;

/** The next page of a list, while there is one. */
export const More = ({ query, children }: { readonly query: Paged; readonly children: ReactNode }) =>
  query.hasNextPage ? (
    <div className={styles.more}>
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {children}
      </Button>
    </div>
  ) : null;
