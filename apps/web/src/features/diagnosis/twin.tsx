import { type DiagnosisView, getResult } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { Instant } from '../../ui/instant.tsx';
import { Section } from '../../ui/page.tsx';
import { diagnosisQuery } from './queries.ts';
import styles from './twin.module.css';
import { type Twins, twinsOf } from './twin-answers.ts';
import { TwinTable } from './twin-table.tsx';

type Look = NonNullable<DiagnosisView['evidence'][number]['look']>;

/** The look in which the origin was asked too, else the one the diagnosis is made of. */
const lookOf = ({ evidence }: DiagnosisView): Look | null => {
  const seen = evidence.filter(({ look }) => look !== null);
  return (seen.find(({ id }) => id === 'twin') ?? seen[0])?.look ?? null;
};

const lookQuery = (monitorId: string, resultId: string) =>
  queryOptions({
    queryKey: ['result', monitorId, resultId],
    queryFn: ({ signal }) => call(getResult, { params: { monitorId, resultId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What the comparison comes to. */
const Finding = ({ origin: { good, reason } }: Twins) => {
  if (good)
    return (
      <Trans>The origin answers well: the fault lies before it, in the edge, the gateway or the way between.</Trans>
    );
  if (reason === null) return <Trans>The origin fails too: the fault lies there, or behind it.</Trans>;
  return t`The origin fails too: ${reason}. The fault lies there, or behind it.`;
};

const Shown = ({ twins, look: { region, at } }: { readonly twins: Twins; readonly look: Look }) => (
  <Section title={t`Edge and origin, side by side`}>
    <div className={styles.finding}>
      <IconArrowsSplit2 size={20} aria-hidden className={styles.icon} />
      <div>
        <p className={styles.words}>
          <Finding {...twins} />
        </p>
        <p className={styles.soft}>
          <Trans>
            Asked from {region} at the same moment, <Instant at={at} exact />, with the same host and name.
          </Trans>
          {twins.sameMoment ? null : (
            <>
              {' '}
              <Trans>The origin’s answer is that of the check before, which showed the same.</Trans>
            </>
          )}
        </p>
      </div>
    </div>
    <div className={styles.scroller}>
      <TwinTable {...twins} />
    </div>
  </Section>
);

const OfLook = ({ monitorId, look }: { readonly monitorId: string; readonly look: Look }) => {
  const { data } = useQuery(lookQuery(monitorId, look.resultId));
  const twins = data === undefined ? null : twinsOf(data);
  return twins === null ? null : <Shown twins={twins} look={look} />;
};

type Props = Readonly<{ incidentId: string; monitorId: string }>;

const useLook = (incidentId: string): Look | null => {
  const shown = useQuery(diagnosisQuery(incidentId)).data?.shown ?? null;
  return shown === null ? null : lookOf(shown.diagnosis);
};

/** Whether it is still being asked for if there is anything to compare. */
export const useTwinWaits = ({ incidentId, monitorId }: Props): boolean => {
  const look = useLook(incidentId);
  return useQuery({ ...lookQuery(monitorId, look?.resultId ?? ''), enabled: look !== null }).isLoading;
};

/** The answer through the edge beside the origin's own; nothing where the origin is not known or was not asked. */
export const Twin = ({ incidentId, monitorId }: Props) => {
  const look = useLook(incidentId);
  return look === null ? null : <OfLook monitorId={monitorId} look={look} />;
};
