import { t } from '@lingui/core/macro';
import { NumberInput, Select } from '@mantine/core';
import {
  agreeChoices,
  agreeOf,
  type JudgementPolicy,
  judgementSentence,
  streakPlaceholder,
} from './judgement-words.ts';
import type { MonitorForm } from './monitor-fields.tsx';
import styles from './monitors.module.css';

const streakOf = (value: string | number): number | null => (value === '' ? null : Number(value));

/** What it takes to call the monitor down, and up again. */
export const PolicyFields = ({ form, regions }: { readonly form: MonitorForm; readonly regions: number }) => {
  const { policy } = form.values;
  const set = (part: Partial<JudgementPolicy>): void => {
    form.setFieldValue('policy', { ...policy, ...part });
    for (const name of Object.keys(part)) form.clearFieldError(name); // the server's words stand under these names
  };
  const choices = agreeChoices(regions);
  const agree = String(policy.agree);
  const known = choices.some(({ value }) => value === agree);
  return (
    <>
      <Select
        label={t`Regions that must agree`}
        allowDeselect={false}
        data={[...choices, ...(known ? [] : [{ value: agree, label: t`${agree} regions` }])]}
        value={agree}
        error={form.errors.agree}
        onChange={(value) => value !== null && set({ agree: agreeOf(value) })}
      />
      <NumberInput
        label={t`Failures in a row`}
        placeholder={streakPlaceholder(regions)}
        min={1}
        max={10}
        allowDecimal={false}
        value={policy.failuresToOpen ?? ''}
        error={form.errors.failuresToOpen}
        onChange={(value) => set({ failuresToOpen: streakOf(value) })}
      />
      <NumberInput
        label={t`Good checks in a row`}
        placeholder={streakPlaceholder(regions)}
        min={1}
        max={10}
        allowDecimal={false}
        value={policy.successesToResolve ?? ''}
        error={form.errors.successesToResolve}
        onChange={(value) => set({ successesToResolve: streakOf(value) })}
      />
      <NumberInput
        label={t`Degraded checks in a row`}
        min={1}
        max={10}
        allowDecimal={false}
        disabled={form.values.degradedAboveMs === null}
        value={policy.degradedAfter}
        error={form.errors.degradedAfter}
        onChange={(value) => value !== '' && set({ degradedAfter: Number(value) })}
      />
      <NumberInput
        label={t`Grace after a change`}
        suffix=" s"
        min={0}
        max={3_600}
        value={policy.graceMs / 1_000}
        error={form.errors.graceMs}
        onChange={(value) => set({ graceMs: Math.round(Number(value) * 1_000) })}
      />
      <p className={styles.sentence}>{judgementSentence(policy, regions, form.values.degradedAboveMs)}</p>
    </>
  );
};
