import { createMark, type MarkView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { kindWords } from './mark-list.tsx';
import styles from './marks.module.css';

type Kind = Exclude<MarkView['kind'], 'certificate'>;
const { certificate: _, ...words } = kindWords; // looks see that
const kinds = Object.entries<MessageDescriptor>(words);
const isKind = (value: string): value is Kind => Object.hasOwn(words, value);

const useAddMark = (monitorId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mark: Readonly<{ kind: Kind; text: string }>) =>
      call(createMark, { body: { ...mark, appliesTo: { kind: 'monitors', monitorIds: [monitorId] } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['marks', monitorId] }),
  });
};

/** Says by hand that something happened just now. */
export const AddMark = ({ monitorId }: { readonly monitorId: string }) => {
  const add = useAddMark(monitorId);
  const [kind, setKind] = useState<Kind>('deploy');
  const [text, setText] = useState('');
  const send = (): void => add.mutate({ kind, text: text.trim() }, { onSuccess: () => setText('') });
  return (
    <form
      className={styles.add}
      aria-label={t`Add a mark`}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') send();
      }}
    >
      <LeaveGuard unsaved={() => text.trim() !== ''} part="tab" />
      <FormAlert error={add.error} />
      <Group align="flex-end" gap="xs">
        <NativeSelect
          label={t`Kind`}
          data={kinds.map(([value, word]) => ({ value, label: i18n.t(word) }))}
          value={kind}
          onChange={({ currentTarget: { value } }) => isKind(value) && setKind(value)}
        />
        <TextInput
          label={t`What happened just now`}
          placeholder="v1.42.0"
          maxLength={500}
          value={text}
          className={styles.addText ?? ''}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.isPending} disabled={text.trim() === ''}>
          <Trans>Add mark</Trans>
        </Button>
      </Group>
    </form>
  );
};
