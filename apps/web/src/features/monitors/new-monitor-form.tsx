import type { MonitorView } from '@farwatch/contracts';
import { Trans } from '@lingui/react/macro';
import { Button, Collapse, Stack, UnstyledButton } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { AdvancedFields, type MonitorChoices, UrlField } from './monitor-fields.tsx';
import { allShown, bodyOf, formErrors, freshValues, type MonitorValues, validation } from './monitor-values.ts';
import styles from './monitors.module.css';
import { useCreateMonitor } from './queries.ts';

type Props = Readonly<{ startUrl: string; choices: MonitorChoices; onCreated: (monitor: MonitorView) => void }>;

/** One field; everything else has a good default and waits behind "Advanced". */
export const NewMonitorForm = ({ startUrl, choices, onCreated }: Props) => {
  const create = useCreateMonitor();
  const [open, { toggle, open: show }] = useDisclosure(false);
  const form = useForm<MonitorValues>({ initialValues: freshValues(startUrl), validate: validation });
  const send = (values: MonitorValues): void =>
    create.mutate(bodyOf(values), {
      onSuccess: onCreated,
      onError: (error) => {
        if (!(error instanceof CallError)) return;
        const errors = formErrors(error.faults);
        form.setErrors(errors);
        if (Object.keys(errors).some((name) => name !== 'url')) show();
      },
    });
  const errors = create.error instanceof CallError ? formErrors(create.error.faults) : {};
  const said = Object.keys(errors).length > 0 && allShown(errors);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(send, (errors) => Object.keys(errors).some((name) => name !== 'url') && show())}
    >
      <Stack gap="md">
        {said ? null : <FormAlert error={create.error} />}
        <UrlField form={form} autoFocus />
        <div>
          <UnstyledButton className={styles.disclosure} onClick={toggle} aria-expanded={open} aria-controls="advanced">
            <IconChevronDown size={16} aria-hidden data-open={open || undefined} />
            <Trans>Advanced</Trans>
          </UnstyledButton>
          <Collapse expanded={open} id="advanced">
            <AdvancedFields form={form} choices={choices} />
            <p className={styles.unwatched}>
              <Trans>
                Nobody has looked at it yet, so there is nothing to replay. Once it is watched, its settings show what
                each change would have opened and sent.
              </Trans>
            </p>
          </Collapse>
        </div>
        <Button type="submit" size="md" loading={create.isPending}>
          <Trans>Start watching</Trans>
        </Button>
      </Stack>
    </form>
  );
};
