import { causeWords } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import styles from './diagnosis.module.css';
import { useSayOfDiagnosis } from './queries.ts';
import { causeName } from './words.ts';

type Cause = (typeof causeWords)[number];
const choices = causeWords.map((cause) => ({ value: cause, label: causeName(cause) }));
const isCause = (word: string | null): word is Cause => causeWords.some((cause) => cause === word);

type Props = Readonly<{ incidentId: string; version: number; onDone: () => void }>;

/** What it was instead, by whoever knows. */
export const WhatItWas = ({ incidentId, version, onDone }: Props) => {
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
