import type { getResult, ReplyOf } from '@farwatch/contracts';
import { useQuery } from '@tanstack/react-query';
import { Code, TextBlock } from '../../ui/code.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { bodyText } from './body-text.ts';
import { LookInFull } from './look-details.tsx';
import { resultQuery } from './queries.ts';
import styles from './results.module.css';

type Kept = ReplyOf<typeof getResult>;

const Evidence = ({ evidence }: { readonly evidence: NonNullable<Kept['evidence']> }) => {
  const body = bodyText(evidence.decodedBase64 ?? evidence.bodyBase64);
  return (
    <div className={styles.evidence}>
      <p>
        The answer of <Code>{evidence.url}</Code>
        {evidence.status === null ? '' : `: ${evidence.status} ${evidence.reason ?? ''}`}
      </p>
      <TextBlock label="Headers of the answer">
        {evidence.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
      </TextBlock>
      {body === '' ? (
        <p className={styles.soft}>The body was empty.</p>
      ) : (
        <TextBlock label={evidence.decodedBase64 === undefined ? 'Body of the answer' : 'Body of the answer, decoded'}>
          {body}
        </TextBlock>
      )}
      {evidence.bodyTruncated ? <p className={styles.soft}>The body went on; its first 64 KiB were kept.</p> : null}
    </div>
  );
};

/** When the details are another look's, its moment: ids begin with it. */
const momentOf = (id: string): string => new Date(Number(id.split('-')[0])).toISOString();

const Details = ({ result }: { readonly result: Kept }) => {
  const { details, detailsOf, id } = result;
  if (details === null || detailsOf === null) return null;
  return (
    <>
      {detailsOf === id ? null : (
        <p className={styles.soft}>
          In full as it was seen at <Instant at={momentOf(detailsOf)} />: details are kept when they show something new.
        </p>
      )}
      <LookInFull details={details} />
    </>
  );
};

type Props = Readonly<{ monitorId: string; resultId: string }>;

/** What was kept of a look: the failing answer, and its requests in full. */
export const KeptView = ({ monitorId, resultId }: Props) => {
  const query = useQuery(resultQuery(monitorId, resultId));
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={3} height={40} label="Loading what was kept" />;
    case 'error':
      return (
        <Problem title="What was kept could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return (
        <>
          {query.data.evidence === null ? null : <Evidence evidence={query.data.evidence} />}
          <Details result={query.data} />
        </>
      );
  }
};
