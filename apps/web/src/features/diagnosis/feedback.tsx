import type { IncidentDiagnosis } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './diagnosis.module.css';
import { useSayOfDiagnosis } from './queries.ts';
import { causeName } from './words.ts';

type Props = Readonly<{ incidentId: string; version: number; feedback: IncidentDiagnosis['feedback'] }>;
/** Most who read a diagnosis don't say that it was wrong. */
const WhatItWas = lazy(async () => ({ default: (await import('./what-it-was.tsx')).WhatItWas }));

const LastWord = ({ said }: { readonly said: IncidentDiagnosis['feedback'][number] }) => {
  const { by, at, verdict, cause, note } = said;
  const name = cause === null ? '' : causeName(cause);
  return (
    <p className={styles.soft}>
      <Trans>
        {by.name}, <Instant at={at} to="minute" />:
      </Trans>{' '}
      {verdict === 'right' ? <Trans>right</Trans> : <Trans>wrong</Trans>}
      {cause === null ? null : t`, it was “${name}”`}
      {note === null ? '' : ` (${note})`}
    </p>
  );
};

/** Whether it was right: stored, so that the diagnosis can be measured. */
export const Feedback = ({ incidentId, version, feedback }: Props) => {
  const [isOpen, setOpen] = useState(false);
  const say = useSayOfDiagnosis(incidentId);
  const [last] = feedback;
  if (isOpen)
    return (
      <Suspense>
        <WhatItWas incidentId={incidentId} version={version} onDone={() => setOpen(false)} />
      </Suspense>
    );
  return (
    <div className={styles.feedback}>
      <FormAlert error={say.error} kept={t`Nothing was stored.`} />
      <Group gap="xs">
        <span className={styles.soft}>
          <Trans>Was this right?</Trans>
        </span>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconThumbUp size={14} aria-hidden />}
          loading={say.isPending}
          onClick={() => say.mutate({ verdict: 'right', version })}
        >
          <Trans>Right</Trans>
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconThumbDown size={14} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          <Trans>Wrong</Trans>
        </Button>
      </Group>
      {last === undefined ? null : <LastWord said={last} />}
    </div>
  );
};
