import type { LookDetailsView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Code, TextBlock } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { type HeaderPair, headerDiff } from './header-diff.ts';
import styles from './twin.module.css';
import type { Side, Twins } from './twin-answers.ts';

type Hop = LookDetailsView['hops'][number];

const phases = [
  ['dnsMs', msg`DNS`],
  ['connectMs', msg`Connect`],
  ['tlsMs', msg`TLS`],
  ['requestMs', msg`Request sent`],
  ['firstByteMs', msg`First byte`],
  ['downloadMs', msg`Download`],
] as const satisfies readonly (readonly [keyof Hop['phases'], unknown])[];

const total = (hop: Hop | null): number | null =>
  hop === null ? null : Object.values(hop.phases).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);

type RowProps = Readonly<{ name: ReactNode; edge: ReactNode; origin: ReactNode; differs?: boolean; long?: boolean }>;
const Row = ({ name, edge, origin, differs = false, long = false }: RowProps) => (
  <tr data-differs={differs || undefined} data-long={long || undefined}>
    <th scope="row">{name}</th>
    <td>{edge}</td>
    <td>{origin}</td>
  </tr>
);

const Answer = ({ side: { hop, reason, good } }: { readonly side: Side }) => {
  const status = hop?.status ?? null;
  const version = hop?.httpVersion ?? null;
  return (
    <>
      <b className={styles.status} data-good={good || undefined}>
        {status === null ? <Trans>no answer</Trans> : <Code>{status}</Code>}
      </b>
      <span className={styles.soft}>
        {version === null ? '' : ` HTTP/${version}`}
        {reason === null ? '' : ` ${reason}`}
      </span>
    </>
  );
};

const ms = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : millisText(value);

const Times = ({ edge, origin }: Twins) => (
  <>
    {phases.flatMap(([key, name]) => {
      const [left, right] = [edge.hop?.phases[key], origin.hop?.phases[key]];
      if ((left ?? null) === null && (right ?? null) === null) return [];
      return [<Row key={key} name={i18n._(name)} edge={ms(left)} origin={ms(right)} />];
    })}
    <Row name={<Trans>In all</Trans>} edge={<b>{ms(total(edge.hop))}</b>} origin={<b>{ms(total(origin.hop))}</b>} />
  </>
);

const value = (text: string | null): ReactNode =>
  text === null ? <span className={styles.soft}>–</span> : <Code>{text}</Code>;

const HeaderRows = ({ pairs, differ }: { readonly pairs: readonly HeaderPair[]; readonly differ: boolean }) =>
  pairs.map(({ name, edge, origin }) => (
    <Row key={name} name={<Code>{name}</Code>} edge={value(edge)} origin={value(origin)} differs={differ} />
  ));

const Body = ({ side, label }: { readonly side: Side; readonly label: string }) =>
  side.body === null || side.body === '' ? (
    <span className={styles.soft}>
      <Trans>no body</Trans>
    </span>
  ) : (
    <TextBlock label={label}>{side.body}</TextBlock>
  );

const address = ({ hop }: Side): ReactNode => value(hop?.address ?? null);

/** Both answers, line by line; what differs stands out, and first. */
export const TwinTable = (twins: Twins) => {
  const { edge, origin } = twins;
  const { differing, same } = headerDiff(edge.headers, origin.headers);
  const [edgeBody, originBody] = [t`Body through the edge`, t`Body from the origin`];
  return (
    <table className={styles.twins} aria-label={t`The same question, asked twice`}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            <Trans>Through the edge</Trans>
          </th>
          <th scope="col">
            <Trans>Straight from the origin</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        <Row
          name={<Trans>Answer</Trans>}
          edge={<Answer side={edge} />}
          origin={<Answer side={origin} />}
          differs={edge.hop?.status !== origin.hop?.status}
        />
        <Row name={<Trans>Asked</Trans>} edge={<Code>{edge.url}</Code>} origin={<Code>{origin.url}</Code>} />
        <Row name={<Trans>Address</Trans>} edge={address(edge)} origin={address(origin)} />
        <HeaderRows pairs={differing} differ />
        <Times {...twins} />
        <Row
          long
          name={<Trans>Body begins</Trans>}
          edge={<Body side={edge} label={edgeBody} />}
          origin={<Body side={origin} label={originBody} />}
        />
        <HeaderRows pairs={same} differ={false} />
      </tbody>
    </table>
  );
};
