import { useQuery } from '@tanstack/react-query';
import { Code, TextBlock } from '../../ui/code.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { resultQuery } from './queries.ts';
import styles from './results.module.css';

/** Bytes as text, whatever they are: nothing of a foreign answer is ever rendered. */
const textOf = (base64: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));

type Props = Readonly<{ monitorId: string; resultId: string }>;

/** What the failing answer looked like: its headers and the beginning of its body. */
export const EvidenceView = ({ monitorId, resultId }: Props) => {
  const query = useQuery(resultQuery(monitorId, resultId));
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={3} height={40} label="Loading the evidence" />;
    case 'error':
      return (
        <Problem title="The evidence could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success': {
      const { evidence } = query.data;
      if (evidence === null) return <p className={styles.soft}>No answer was kept of this look.</p>;
      const body = textOf(evidence.bodyBase64);
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
            <TextBlock label="Body of the answer">{body}</TextBlock>
          )}
          {evidence.bodyTruncated ? <p className={styles.soft}>The body went on; its first 64 KiB were kept.</p> : null}
        </div>
      );
    }
  }
};
