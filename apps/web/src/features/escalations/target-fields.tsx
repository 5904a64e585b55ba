import { t } from '@lingui/core/macro';
import { ActionIcon, MultiSelect, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import styles from './editor.module.css';
import ladder from './ladder.module.css';
import { hasKinds, type StepValues, type TargetValues, targetOf, whoChoices } from './policy-values.ts';
import type { Reachable } from './slots.ts';
import { toldOf } from './target-words.ts';
import { ToldNote } from './told-line.tsx';
import type { PolicyForm, Steps } from './use-steps.ts';

type Props = Readonly<{
  form: PolicyForm;
  steps: Steps;
  reachable: Reachable;
  step: StepValues;
  index: number;
  target: TargetValues;
  at: number;
}>;

const Kinds = ({ form, reachable, index, target, at }: Props) => {
  const path = `steps.${index}.targets.${at}.kinds`;
  return (
    <MultiSelect
      className={styles.kinds ?? ''}
      label={at === 0 ? t`by` : undefined}
      aria-label={t`By which kinds step ${index + 1}.${at + 1} tells`}
      placeholder={target.kinds.length === 0 ? t`all their channels` : ''}
      data={reachable.kinds.map(({ value, label }) => ({ value, label }))}
      value={[...target.kinds]}
      error={form.errors[path]}
      onChange={(kinds) => form.setFieldValue(path, kinds)}
    />
  );
};

/** Whom a step tells, and by what; what that comes to now stands below. */
export const TargetFields = (props: Props) => {
  const { form, steps, reachable, step, index, target, at } = props;
  const path = `steps.${index}.targets.${at}`;
  const lost = target.who === '' ? '' : toldOf(targetOf(target), reachable).name;
  return (
    <div className={styles.target} data-target={target.key}>
      <Select
        className={styles.who ?? ''}
        label={at === 0 ? t`Tell` : undefined}
        aria-label={t`Whom step ${index + 1}.${at + 1} tells`}
        placeholder={t`A channel, a person, whoever is on call`}
        data-who
        searchable
        openOnFocus={false}
        allowDeselect={false}
        data={whoChoices(reachable, target.who, lost)}
        value={target.who === '' ? null : target.who}
        error={form.errors[`${path}.who`]}
        onChange={(who) =>
          form.setFieldValue(path, { ...target, who: who ?? '', kinds: hasKinds(who ?? '') ? target.kinds : [] })
        }
      />
      {hasKinds(target.who) ? <Kinds {...props} /> : null}
      {step.targets.length === 1 ? null : (
        <ActionIcon
          className={styles.take ?? ''}
          data-first={at === 0 || undefined}
          data-remove
          variant="subtle"
          color="gray"
          size={36}
          aria-label={target.who === '' ? t`Take ${index + 1}.${at + 1} out` : t`Take ${lost} out of step ${index + 1}`}
          onClick={() => steps.removeTarget(step.key, at)}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
      {target.who === '' ? null : (
        <div className={`${ladder.note} ${styles.below}`}>
          <ToldNote target={targetOf(target)} reachable={reachable} written />
        </div>
      )}
    </div>
  );
};
