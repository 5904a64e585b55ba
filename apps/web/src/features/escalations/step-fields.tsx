import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, type KeyboardEvent } from 'react';
import { LengthInput } from '../../ui/length-input.tsx';
import styles from './editor.module.css';
import ladder from './ladder.module.css';
import type { StepValues } from './policy-values.ts';
import { Rung } from './rung.tsx';
import type { Reachable } from './slots.ts';
import { whenText } from './step-times.ts';
import { TargetFields } from './target-fields.tsx';
import { UndoLine } from './undo-line.tsx';
import { maxTargets, type PolicyForm, type Steps } from './use-steps.ts';

type Props = Readonly<{ form: PolicyForm; steps: Steps; reachable: Reachable; step: StepValues; index: number }>;

const Handle = ({ form, steps, index }: Omit<Props, 'step' | 'reachable'>) => {
  const count = form.values.steps.length;
  if (count === 1) return null;
  const act = { variant: 'subtle', color: 'gray', size: 'lg' } as const;
  return (
    <div className={styles.handle}>
      <ActionIcon
        {...act}
        data-move
        disabled={index === 0}
        aria-keyshortcuts="Alt+ArrowUp"
        aria-label={t`Move step ${index + 1} up`}
        onClick={() => steps.moveStep(index, -1)}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        {...act}
        data-move
        disabled={index === count - 1}
        aria-keyshortcuts="Alt+ArrowDown"
        aria-label={t`Move step ${index + 1} down`}
        onClick={() => steps.moveStep(index, 1)}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        {...act}
        data-remove-step
        aria-label={t`Remove step ${index + 1}`}
        onClick={() => steps.removeStep(index)}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
};

const Targets = (props: Props) => {
  const { steps, step } = props;
  const { removed } = steps;
  const gone = removed?.kind === 'target' && removed.stepKey === step.key ? removed : null;
  const line = gone === null ? null : <UndoLine removed={gone} onUndo={steps.undo} />;
  return (
    <>
      {step.targets.map((target, at) => (
        <Fragment key={target.key}>
          {gone?.at === at ? line : null}
          <TargetFields {...props} target={target} at={at} />
        </Fragment>
      ))}
      {gone !== null && gone.at >= step.targets.length ? line : null}
    </>
  );
};

/** One step of the ladder while it is written: how long to wait, and whom to tell then. */
export const StepFields = (props: Props) => {
  const { form, steps, step, index } = props;
  const path = `steps.${index}.waitMs`;
  // Before the fields see it: in a list the arrows would open it.
  const onKeyDownCapture = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    steps.moveStep(index, event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <Rung mark={index + 1}>
      <fieldset
        className={styles.step}
        aria-label={t`Step ${index + 1}`}
        data-step={step.key}
        onKeyDownCapture={onKeyDownCapture}
      >
        <div className={styles.stepHead}>
          <p className={ladder.when}>{whenText(form.values.steps, index)}</p>
          <Handle form={form} steps={steps} index={index} />
        </div>
        <div className={styles.wait}>
          <LengthInput
            label={index === 0 ? t`Wait after it opened` : t`Wait after the step before`}
            value={step.waitMs}
            onChange={(waitMs) => form.setFieldValue(path, waitMs)}
            error={form.errors[path]}
          />
        </div>
        <Targets {...props} />
        {step.targets.length >= maxTargets ? null : (
          <div>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => steps.addTarget(step.key)}
            >
              <Trans>Tell another</Trans>
            </Button>
          </div>
        )}
      </fieldset>
    </Rung>
  );
};
