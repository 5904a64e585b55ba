import type { CheckResultView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Code } from '../../ui/code.tsx';
import { exactText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './look.module.css';
import { Fact } from './look-details.tsx';
import { Waterfall } from './phases.tsx';

/** What an assertion wanted, and what it found. */
const Failed = ({ outcome }: Pick<CheckResultView, 'outcome'>) => {
  if (outcome.verdict !== 'down' || outcome.failure.kind !== 'assertion') return null;
  const { expected, got } = outcome.failure;
  return (
    <dl className={styles.facts}>
      <Fact name={t`Expected`}>
        <Code>{expected}</Code>
      </Fact>
      <Fact name={t`Got`}>
        <Code>{got}</Code>
      </Fact>
    </dl>
  );
};

/** A look's phases, when it was, and what answered. */
export const LookFacts = ({ result }: { readonly result: CheckResultView }) => {
  const zone = useZone();
  if (result.outcome.verdict === 'missed') return null;
  return (
    <>
      <Failed outcome={result.outcome} />
      <Waterfall phases={result.phases} totalMs={result.totalMs} />
      <dl className={styles.facts}>
        <Fact name={t`Looked at`}>{exactText(result.startedAt, zone)}</Fact>
        <Fact name={t`Due at`}>{exactText(result.scheduledAt, zone)}</Fact>
        <Fact name={t`Address`}>
          {result.remoteAddress === null ? t`none was reached` : <Code>{result.remoteAddress}</Code>}
        </Fact>
        <Fact name={t`Body`}>
          {result.bytes === null ? t`none` : plural(result.bytes, { one: '# byte', other: '# bytes' })}
        </Fact>
      </dl>
    </>
  );
};
