import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormEnds } from '../../ui/form-ends.tsx';
import { Instant, ZoneName } from '../../ui/instant.tsx';
import { WallField } from '../../ui/wall-field.tsx';
import { wallOf } from '../../ui/wall-time.ts';
import { useZone } from '../../ui/zone.ts';
import { type OverrideValues, overrideBody, overrideFaults } from './schedule-values.ts';
import type { Override, Span } from './spans.ts';

export type Busy = Readonly<{ busy: boolean; error: Error | null }>;
type Props = Readonly<{
  scheduleName: string;
  /** Of which time it is spoken. */
  span: Span;
  people: readonly Choice[];
  state: Busy;
  onAdd: (override: Override) => void;
  onRemove: (override: Override) => void;
  onClose: () => void;
}>;

const Present = ({ span, people, state, onRemove }: Pick<Props, 'span' | 'people' | 'state' | 'onRemove'>) => {
  const { accountId, override } = span;
  if (accountId === null) return <Text size="sm">{t`Nobody is on call then.`}</Text>;
  const name = labelOf(people, accountId, t`somebody who left`);
  if (override === null) return <Text size="sm">{t`It is ${name}’s turn then.`}</Text>;
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" flex="1 1 200px">
        {t`${name} steps in:`} <Instant at={override.from} to="weekday" /> –{' '}
        <Instant at={override.until} to="weekday" />
      </Text>
      <Button size="compact-sm" variant="default" loading={state.busy} onClick={() => onRemove(override)}>
        <Trans>Remove this override</Trans>
      </Button>
    </Group>
  );
};

const valuesOf = ({ from, until }: Span, zone: string): OverrideValues => {
  const wall = (at: number) => wallOf(new Date(at).toISOString(), zone);
  const was = { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
  return { from: wall(from), until: wall(until), accountId: null, was };
};

const Form = ({ span, people, state, onAdd, onRemove, onClose }: Omit<Props, 'scheduleName'>) => {
  const zone = useZone();
  const form = useForm<OverrideValues>({
    initialValues: valuesOf(span, zone),
    validate: (values) => overrideFaults(values, zone),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => onAdd(overrideBody(values, zone)))}>
      <Stack gap="md">
        <FormAlert error={state.error} />
        <Present {...{ span, people, state, onRemove }} />
        <Select
          label={t`Who takes it`}
          data={people}
          searchable
          data-autofocus
          comboboxProps={{ withinPortal: false }}
          {...form.getInputProps('accountId')}
        />
        <WallField label={t`From`} {...form.getInputProps('from')} />
        <WallField label={t`Until`} {...form.getInputProps('until')} />
        <Text size="sm" c="dimmed">
          <Trans>
            Times are those of <ZoneName />.
          </Trans>
        </Text>
        <FormEnds onCancel={onClose} busy={state.busy}>
          <Trans>Hand it over</Trans>
        </FormEnds>
      </Stack>
    </form>
  );
};

/** Somebody else is on call for a while, whoever’s turn it is. */
export const TakeOver = ({ scheduleName, ...rest }: Props) => (
  <Modal
    opened
    onClose={rest.onClose}
    title={t`${scheduleName}: somebody else takes this`}
    centered
    styles={{ content: { overflow: 'visible' } }}
  >
    <Form {...rest} />
  </Modal>
);
