import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Tooltip, UnstyledButton } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import styles from './history.module.css';
import { uptimeQuery } from './queries.ts';
import { reckoning, uptimeText } from './uptime-text.ts';

const spans = [
  [1, msg`24 hours`],
  [7, msg`7 days`],
  [30, msg`30 days`],
  [90, msg`90 days`],
] as const;

const events = { hover: true, focus: true, touch: true } as const;

const Figure = ({ monitorId, days, label }: Readonly<{ monitorId: string; days: number; label: string }>) => {
  const { data, isError } = useQuery(uptimeQuery(monitorId, days));
  const id = useId();
  const said = isError ? t`The uptime could not be loaded` : data === undefined ? t`Being loaded` : reckoning(data);
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Tooltip label={said} events={events} multiline maw={280}>
          <UnstyledButton className={styles.figure} aria-describedby={id}>
            {data === undefined ? (isError ? '?' : '…') : uptimeText(data.ratio)}
          </UnstyledButton>
        </Tooltip>
        <span id={id} className={styles.said}>
          {said}
        </span>
      </dd>
    </div>
  );
};

/** The uptime of the last day, week, month and quarter; how it is reckoned on hover, focus and touch. */
export const UptimeFigures = ({ monitorId }: { readonly monitorId: string }) => (
  <dl className={styles.figures}>
    {spans.map(([days, label]) => (
      <Figure key={days} monitorId={monitorId} days={days} label={i18n.t(label)} />
    ))}
  </dl>
);
