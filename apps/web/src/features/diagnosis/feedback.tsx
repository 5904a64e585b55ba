import { causeWords, type IncidentDiagnosis } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './diagnosis.module.css';
import { useSayOfDiagnosis } from './queries.ts';
import { causeName } from './words.ts';

type Props = Readonly<{ incidentId: string; version: number; feedback: IncidentDiagnosis['feedback'] }>;
type Cause = (typeof causeWords)[number];
const choices = causeWords.map((cause) => ({ value: cause, label: causeName(cause) }));
const isCause = (word: string | null): word is Cause => causeWords.some((cause) => cause === word);

const WhatItWas = ({ incidentId, version, onDone }: Omit<Props, 'feedback'> & { readonly onDone: () => void }) => {
  const [cause, setCause] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const say = useSayOfDiagnosis(incidentId);
  const send = (): void =>
    say.mutate(
      {
        ...{ verdict: 'wrong', version },
        ...(isCause(cause) ? { cause } : {}),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      },
      { onSuccess: onDone },
    );
  return (
    <Stack gap="xs" className={styles.wrong}>
      <FormAlert error={say.error} kept={t`What you chose is still here.`} />
      <Select
        label={t`What was it?`}
        placeholder={t`I don’t know`}
        data={choices}
        value={cause}
        onChange={setCause}
        searchable
        clearable
      />
      <TextInput
        label={t`In a sentence`}
        maxLength={1_000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Group gap="xs" justify="flex-end">
        <Button variant="default" size="xs" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        <Button size="xs" loading={say.isPending} onClick={send}>
          <Trans>Send</Trans>
        </Button>
      </Group>
    </Stack>
  );
};

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
  if (isOpen) return <WhatItWas incidentId={incidentId} version={version} onDone={() => setOpen(false)} />;
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
