import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Fragment } from 'react';
import { RemindFields, RepeatFields } from './again-fields.tsx';
import styles from './editor.module.css';
import ladder from './ladder.module.css';
import { Ends } from './ladder.tsx';
import { Rung } from './rung.tsx';
import type { Reachable } from './slots.ts';
import { StepFields } from './step-fields.tsx';
import { UndoLine } from './undo-line.tsx';
import { maxSteps, type PolicyForm, type Steps } from './use-steps.ts';

type Props = Readonly<{ form: PolicyForm; steps: Steps; reachable: Reachable }>;

/** The same drawing as the ladder's, with its fields in place. */
export const LadderEditor = ({ form, steps, reachable }: Props) => {
  const { removed } = steps;
  const values = form.values.steps;
  const gone = removed?.kind === 'step' ? removed : null;
  const line =
    gone === null ? null : (
      <li className={styles.gone}>
        <UndoLine removed={gone} onUndo={steps.undo} />
      </li>
    );
  return (
    <>
      <ol className={ladder.ladder} aria-label={t`Steps`}>
        {values.map((step, index) => (
          <Fragment key={step.key}>
            {gone?.at === index ? line : null}
            <StepFields form={form} steps={steps} reachable={reachable} step={step} index={index} />
          </Fragment>
        ))}
        {gone !== null && gone.at >= values.length ? line : null}
        {values.length >= maxSteps ? null : (
          <Rung mark={<IconPlus size={14} />} tone="end">
            <Button variant="default" size="compact-sm" onClick={steps.addStep}>
              <Trans>Add a step</Trans>
            </Button>
            {values.length < 2 ? null : (
              <span className={`${ladder.soft} ${styles.keys}`}>
                <Trans>
                  <kbd>Alt</kbd> <kbd>↑</kbd> and <kbd>Alt</kbd> <kbd>↓</kbd> move the step one is in
                </Trans>
              </span>
            )}
          </Rung>
        )}
        <RepeatFields form={form} />
        <RemindFields form={form} />
        <Ends />
      </ol>
      <VisuallyHidden role="status">{steps.said}</VisuallyHidden>
    </>
  );
};
