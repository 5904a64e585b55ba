import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import type { Tagged } from '../api/call.ts';
import { CallError } from '../api/call-error.ts';
import { Problem } from './problem.tsx';

type Props<T> = Readonly<{
  query: UseQueryResult<Tagged<T>>;
  /** What is said when it can't be loaded. */
  failed: string;
  /** Stands there until it is. */
  waiting: ReactNode;
  children: (found: Tagged<T>, onReload: () => void) => ReactNode;
}>;

/** What a form begins with; another version of it, once a person asks for that, is begun with anew. */
export const Loaded = <T extends Readonly<{ updatedAt: string }>>({ query, failed, waiting, children }: Props<T>) => {
  const reload = (): void => void query.refetch();
  switch (query.status) {
    case 'pending':
      return waiting;
    case 'error':
      return <Problem title={failed} error={query.error} onRetry={reload} />;
    case 'success': {
      const { data, etag } = query.data;
      return <Fragment key={etag ?? data.updatedAt}>{children(query.data, reload)}</Fragment>;
    }
  }
};

type OvertakenProps = Readonly<{ error: unknown; onReload: () => void }>;

/** The way to what somebody else has saved meanwhile, where that is why saving failed. */
export const Overtaken = ({ error, onReload }: OvertakenProps) =>
  error instanceof CallError && error.status === 412 ? (
    <Button size="compact-sm" variant="default" onClick={onReload}>
      <Trans>Load it as it is now</Trans>
    </Button>
  ) : null;
