import type { MonitorView } from '@farwatch/contracts';
import { Alert, Button, Collapse, Stack, UnstyledButton } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconChevronDown } from '@tabler/icons-react';
import { CallError, messageOf } from '../../api/call-error.ts';
import { AdvancedFields, type MonitorChoices, UrlField } from './monitor-fields.tsx';
import { bodyOf, formErrors, freshValues, type MonitorValues, validation } from './monitor-values.ts';
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
        form.setErrors(formErrors(error.fields));
        if (Object.keys(error.fields).some((name) => name !== 'url')) show();
      },
    });
  const said = create.error instanceof CallError && Object.keys(create.error.fields).length > 0;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(send, (errors) => Object.keys(errors).some((name) => name !== 'url') && show())}
    >
      <Stack gap="md">
        {create.error === null || said ? null : (
          <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {messageOf(create.error)} Nothing was saved.
          </Alert>
        )}
        <UrlField form={form} autoFocus />
        <div>
          <UnstyledButton className={styles.disclosure} onClick={toggle} aria-expanded={open} aria-controls="advanced">
            <IconChevronDown size={16} aria-hidden data-open={open || undefined} />
            Advanced
          </UnstyledButton>
          <Collapse expanded={open} id="advanced">
            <AdvancedFields form={form} choices={choices} />
          </Collapse>
        </div>
        <Button type="submit" size="md" loading={create.isPending}>
          Start watching
        </Button>
      </Stack>
    </form>
  );
};
