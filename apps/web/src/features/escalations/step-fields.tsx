import { ActionIcon, Button, Group, MultiSelect, Select, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { LengthInput } from '../../ui/length-input.tsx';
import { Rows } from '../../ui/rows.tsx';
import styles from './escalations.module.css';
import { emptyTarget, hasKinds, type PolicyValues, whoChoices } from './policy-values.ts';
import type { Reachable } from './slots.ts';

export type PolicyForm = UseFormReturnType<PolicyValues>;
type Props = Readonly<{ form: PolicyForm; step: number; reachable: Reachable }>;

const Target = ({ form, step, at, reachable }: Props & { readonly at: number }) => {
  const path = `steps.${step}.targets.${at}`;
  const targets = form.values.steps[step]?.targets ?? [];
  const target = targets[at] ?? emptyTarget;
  const nth = `${step + 1}.${at + 1}`;
  return (
    <div className={styles.target}>
      <Select
        className={styles.who}
        label={at === 0 ? 'Tell' : 'and'}
        aria-label={`Whom step ${nth} tells`}
        placeholder="A channel, a person, whoever is on call"
        searchable
        allowDeselect={false}
        data={whoChoices(reachable)}
        value={target.who === '' ? null : target.who}
        error={form.errors[`${path}.who`]}
        onChange={(who) => form.setFieldValue(path, { who: who ?? '', kinds: hasKinds(who ?? '') ? target.kinds : [] })}
      />
      {hasKinds(target.who) ? (
        <MultiSelect
          className={styles.kinds}
          label="by"
          aria-label={`By which kinds step ${nth} tells`}
          placeholder={target.kinds.length === 0 ? 'all their channels' : undefined}
          data={reachable.kinds}
          value={[...target.kinds]}
          onChange={(kinds) => form.setFieldValue(`${path}.kinds`, kinds)}
        />
      ) : null}
      {targets.length === 1 ? null : (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          mt={27}
          aria-label={`Tell one fewer in step ${nth}`}
          onClick={() => form.removeListItem(`steps.${step}.targets`, at)}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
};

/** One step: how long to wait, and whom to tell then. */
export const StepFields = ({ form, step, reachable }: Props) => {
  const values = form.values.steps[step];
  if (values === undefined) return null;
  return (
    <fieldset className={styles.step} aria-label={`Step ${step + 1}`}>
      <Group justify="space-between" align="flex-end" wrap="nowrap">
        <LengthInput
          label={step === 0 ? 'Wait after it opened' : 'Wait after the step before'}
          value={values.waitMs}
          onChange={(waitMs) => form.setFieldValue(`steps.${step}.waitMs`, waitMs)}
          error={form.errors[`steps.${step}.waitMs`]}
        />
        {form.values.steps.length === 1 ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Remove step ${step + 1}`}
            onClick={() => form.removeListItem('steps', step)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <Stack gap="xs">
        <Rows of={values.targets}>{(_, at) => <Target form={form} step={step} at={at} reachable={reachable} />}</Rows>
      </Stack>
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => form.insertListItem(`steps.${step}.targets`, emptyTarget)}
        >
          Tell another
        </Button>
      </Group>
    </fieldset>
  );
};
