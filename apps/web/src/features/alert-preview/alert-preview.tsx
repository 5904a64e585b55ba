import type { AlertChange, AlertPreview as Preview } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useMemo } from 'react';
import { FailedLine } from '../../ui/failed-line.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './alert-preview.module.css';
import { alertPreviewQuery } from './queries.ts';
import { previewText, toldText } from './told-words.ts';

const restMs = 600;
const shown = 5;

const Channels = ({ present, wanted }: Pick<Preview, 'present' | 'wanted'>) => {
  const now = new Map(present.channels.map((channel) => [channel.channelId, channel]));
  const then = new Map(wanted.channels.map((channel) => [channel.channelId, channel]));
  const all = [...new Map([...now, ...then]).values()];
  if (all.length === 0) return null;
  return (
    <ul className={styles.channels} aria-label={t`Alerts by channel, and as it is now`}>
      {all.map(({ channelId, name }) => {
        const would = then.get(channelId)?.alerts ?? 0;
        const is = now.get(channelId)?.alerts ?? 0;
        return (
          <li key={channelId}>
            <span className={styles.name}>{name}</span> <b>{would}</b>
            {would === is ? null : <span className={styles.more}>{t` (now ${is})`}</span>}
          </li>
        );
      })}
    </ul>
  );
};

const Differing = ({ differing }: Pick<Preview, 'differing'>) => {
  const more = differing.length - shown;
  return (
    <ul className={styles.differing} aria-label={t`Incidents that would have been told otherwise`}>
      {differing.slice(0, shown).map((one) => (
        <li key={one.incidentId}>
          <span>
            <Instant at={one.openedAt} to="minute" /> <span className={styles.name}>{one.monitorName}</span>
          </span>
          <span className={styles.told}>
            {toldText(one.wanted)} <span className={styles.more}>{t`(now: ${toldText(one.present)})`}</span>
          </span>
        </li>
      ))}
      {more > 0 ? <li className={styles.more}>{plural(more, { one: '# more', other: '# more' })}</li> : null}
    </ul>
  );
};

const Answer = ({ preview }: { readonly preview: Preview }) => (
  <>
    <p role="status" className={styles.sentence}>
      {previewText(preview)}
      {preview.isCut ? (
        <>
          {' '}
          <Trans>There were more before; these are the newest 1,000.</Trans>
        </>
      ) : null}
      {preview.areParentsCut ? (
        <>
          {' '}
          <Trans>The parents failed more often than is read: what lies further back held nothing back here.</Trans>
        </>
      ) : null}
    </p>
    <Channels {...preview} />
    {preview.incidents > 0 && preview.differing.length === 0 ? (
      <p className={styles.more}>
        <Trans>Nobody would have heard anything otherwise than now.</Trans>
      </p>
    ) : (
      <Differing {...preview} />
    )}
    {preview.incidents > 0 ? (
      <p className={styles.more}>
        <Trans>
          What people did then, and what shared a cause, is taken as it was; today’s channels and parents stand for all
          days, and every message is taken to arrive.
        </Trans>
      </p>
    ) : null}
  </>
);

const Body = ({ change }: { readonly change: AlertChange | null }): ReactNode => {
  // Compared as text: a form may hand in the same change as another object each time it is drawn.
  const text = JSON.stringify(change);
  const [calm] = useDebouncedValue(text, restMs);
  const wanted = useMemo(() => JSON.parse(calm) as AlertChange | null, [calm]); // what was written two lines above
  const query = useQuery({ ...alertPreviewQuery(wanted), placeholderData: keepPreviousData });
  if (change === null && !query.data)
    return (
      <p className={styles.more}>
        <Trans>Once the fields are filled in, the last 30 days are replayed by them here.</Trans>
      </p>
    );
  if (query.isError)
    return (
      <FailedLine error={query.error} onRetry={() => void query.refetch()}>
        <Trans>The replay failed.</Trans>
      </FailedLine>
    );
  if (!query.data)
    return (
      <div aria-hidden className={styles.wait}>
        <Skeleton height={14} width="80%" />
        <Skeleton height={14} width="50%" />
      </div>
    );
  return (
    <div data-stale={query.isPlaceholderData || calm !== text ? '' : undefined} className={styles.answer}>
      {change === null ? (
        <p className={styles.more}>
          <Trans>This can’t be saved yet; here is what the fields before it came to.</Trans>
        </p>
      ) : null}
      <Answer preview={query.data} />
    </div>
  );
};

/**
 * What a change of the alerting rules would have told in the last 30 days, against the rules as they are. Asks by itself
 * once the change has been calm for a moment; null = the form says nothing that could be saved yet.
 */
export const AlertPreview = ({ change }: { readonly change: AlertChange | null }) => {
  const heading = useId();
  return (
    <section className={styles.preview} aria-labelledby={heading}>
      <h3 id={heading}>
        <Trans>Replayed over the last 30 days</Trans>
      </h3>
      <Body change={change} />
    </section>
  );
};
