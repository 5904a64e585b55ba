import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { NumberInput, Switch } from '@mantine/core';
import { IconBell, IconRepeat } from '@tabler/icons-react';
import { durationText } from '../../ui/duration.tsx';
import { LengthInput } from '../../ui/length-input.tsx';
import styles from './editor.module.css';
import ladder from './ladder.module.css';
import { policyBody } from './policy-values.ts';
import { Rung } from './rung.tsx';
import { lastMoment } from './step-times.ts';
import type { PolicyForm } from './use-steps.ts';

/** What happens once every step was told and nobody has acknowledged. */
export const RepeatFields = ({ form }: { readonly form: PolicyForm }) => {
  const { repeatTimes, repeatAfterMs } = form.values;
  const last = durationText(lastMoment(policyBody(form.values)));
  return (
    <Rung mark={<IconRepeat size={14} />} tone="end">
      <div className={styles.pair}>
        <NumberInput
          label={t`Repeat until acknowledged`}
          suffix={` ${plural(repeatTimes, { one: 'time', other: 'times' })}`}
          min={0}
          max={100}
          allowDecimal={false}
          value={repeatTimes}
          error={form.errors.repeatTimes}
          onChange={(times) => form.setFieldValue('repeatTimes', Number(times))}
        />
        {repeatTimes === 0 ? null : (
          <LengthInput
            label={t`Wait after the last step`}
            value={repeatAfterMs}
            error={form.errors.repeatAfterMs}
            onChange={(ms) => form.setFieldValue('repeatAfterMs', ms)}
          />
        )}
      </div>
      {repeatTimes === 0 ? null : (
        <p className={`${ladder.soft} ${styles.hint}`}>
          <Trans>The last message comes after {last}.</Trans>
        </p>
      )}
    </Rung>
  );
};

export const RemindFields = ({ form }: { readonly form: PolicyForm }) => (
  <Rung mark={<IconBell size={14} />} tone="end">
    <div className={styles.pair}>
      <Switch
        label={t`Remind while it is open`}
        description={t`Whoever was told is told again.`}
        {...form.getInputProps('reminds', { type: 'checkbox' })}
      />
      {form.values.reminds ? (
        <LengthInput
          label={t`Remind every`}
          value={form.values.remindEveryMs}
          error={form.errors.remindEveryMs}
          onChange={(ms) => form.setFieldValue('remindEveryMs', ms)}
        />
      ) : null}
    </div>
  </Rung>
);
