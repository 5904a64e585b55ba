import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CallError } from '../api/call-error.ts';
import { FollowLink } from '../features/links/follow-link.tsx';
import { linkWords } from '../features/links/link-words.ts';
import { linkQuery } from '../features/links/queries.ts';
import { Door } from '../shell/door.tsx';
import { Problem } from '../ui/problem.tsx';
import { Skeletons } from '../ui/skeletons.tsx';

const isGone = (error: Error): boolean => error instanceof CallError && error.status === 404;

/** Where the links in messages lead; for whoever got the message, logged in or not. */
export const LinkPage = () => {
  const { token } = useParams({ from: '/l/$token' });
  const query = useQuery(linkQuery(token));
  switch (query.status) {
    case 'pending':
      return (
        <Door title={t`One moment`}>
          <Skeletons rows={3} height={48} label={t`Loading what this link is for`} />
        </Door>
      );
    case 'error':
      return isGone(query.error) ? (
        <Door
          title={t`This link is no longer valid`}
          note={t`It is too old, or what it was for is gone. Nothing was changed.`}
        >
          {null}
        </Door>
      ) : (
        <Door title={t`This link could not be looked up`}>
          <Problem title={t`Nothing was changed`} error={query.error} onRetry={() => void query.refetch()} />
        </Door>
      );
    case 'success':
      return (
        <Door title={linkWords(query.data).title}>
          <FollowLink token={token} link={query.data} gone={isGone} />
        </Door>
      );
  }
};
