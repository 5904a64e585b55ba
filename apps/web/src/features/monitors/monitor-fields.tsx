import { t } from '@lingui/core/macro';
import { Checkbox, Group, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Choice } from '../../ui/choice.ts';
import { AssertionFields } from './assertion-fields.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { intervals, intervalText } from './interval-words.ts';
import type { MonitorValues } from './monitor-values.ts';
import styles from './monitors.module.css';
import { PolicyFields } from './policy-fields.tsx';
import { RequestFields } from './request-fields.tsx';

export type MonitorForm = UseFormReturnType<MonitorValues>;
export type MonitorChoices = Readonly<{
  regions: readonly string[];
  /** Escalation policies, and tags that are in use. */
  policies: readonly Choice[];
  tags: readonly string[];
  /** What it may depend on; not itself. */
  monitors: readonly Choice[];
}>;
type Props = Readonly<{ form: MonitorForm; choices: MonitorChoices }>;

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
export const UrlField = ({ form, autoFocus = false }: { readonly form: MonitorForm; readonly autoFocus?: boolean }) => (
  <TextInput
    label={t`URL`}
    size="md"
    inputMode="url"
    autoCapitalize="off"
    autoCorrect="off"
    spellCheck={false}
    autoFocus={autoFocus}
    placeholder="https://example.com/"
    classNames={{ input: styles.urlInput ?? '' }}
    {...form.getInputProps('url')}
  />
);

/** Who hears of its incidents, and how soon. */
const AlertingFields = ({
  form,
  policies,
  tags,
  monitors,
}: { form: MonitorForm } & Omit<MonitorChoices, 'regions'>) => (
  <>
    <TagsInput
      label={t`Tags`}
      className={styles.wide}
      description={t`To find monitors by, and to give them an escalation policy.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxTags={20}
      data={tags}
      value={[...form.values.tags]}
      error={form.errors.tags}
      onChange={(value) => form.setFieldValue('tags', value)}
    />
    <Select
      label={t`Escalation policy`}
      placeholder={t`By tag, else the default`}
      clearable
      clearButtonProps={{ 'aria-label': 'Choose by tag' }}
      data={policies}
      {...form.getInputProps('policyId')}
    />
    <NumberInput
      label={t`Alert after`}
      description={t`A shorter incident is recorded and told to nobody.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      suffix=" min"
      min={0}
      max={1_440}
      value={form.values.alertAfterMs / 60_000}
      error={form.errors.alertAfterMs}
      onChange={(minutes) => form.setFieldValue('alertAfterMs', Math.round(Number(minutes) * 60_000))}
    />
    <MultiSelect
      label={t`Depends on`}
      className={styles.wide}
      description={t`While one of these is down, its incidents are part of that one’s and told to nobody.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={form.values.parents.length === 0 ? 'Nothing' : ''}
      searchable
      maxValues={10}
      data={monitors}
      value={[...form.values.parents]}
      error={form.errors.parents}
      onChange={(value) => form.setFieldValue('parents', value)}
    />
  </>
);

/** Everything that has a good default. */
export const AdvancedFields = ({ form, choices: { regions, ...alerting } }: Props) => {
  const chosen = form.values.regions.length === 0 ? regions : form.values.regions;
  const seconds = [...new Set([...intervals, form.values.intervalSeconds])].toSorted((a, b) => a - b);
  return (
    <div className={styles.fields}>
      <TextInput
        label={t`Name`}
        placeholder={t`As the URL’s host`}
        className={styles.wide}
        {...form.getInputProps('name')}
      />
      <Select
        label={t`Interval`}
        allowDeselect={false}
        data={seconds.map((each) => ({ value: String(each), label: intervalText(each) }))}
        value={String(form.values.intervalSeconds)}
        onChange={(value) => form.setFieldValue('intervalSeconds', Number(value))}
        error={form.errors.intervalSeconds}
      />
      <NumberInput
        label={t`Timeout`}
        suffix=" s"
        min={0.5}
        max={60}
        step={1}
        {...form.getInputProps('timeoutSeconds')}
      />
      <Select label={t`Method`} allowDeselect={false} data={methods} {...form.getInputProps('method')} />
      <NumberInput label={t`Redirects followed`} min={0} max={20} {...form.getInputProps('maxRedirects')} />
      <TextInput
        label={t`Counts as up`}
        description={t`Status codes and ranges`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        className={styles.wide}
        {...form.getInputProps('expectedStatuses')}
      />
      <NumberInput
        label={t`Degraded above`}
        description={t`A good answer that takes longer is degraded. That opens no incident and alerts nobody.`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t`Never`}
        suffix=" ms"
        min={1}
        max={60_000}
        allowDecimal={false}
        value={form.values.degradedAboveMs ?? ''}
        error={form.errors.degradedAboveMs}
        onChange={(value) => form.setFieldValue('degradedAboveMs', value === '' ? null : Number(value))}
      />
      <RequestFields form={form} />
      <ConnectionFields form={form} />
      <AssertionFields form={form} />
      <Checkbox.Group
        label={t`Regions`}
        className={styles.wide}
        value={[...chosen]}
        onChange={(value) => form.setFieldValue('regions', value)}
        error={form.errors.regions}
      >
        <Group gap="lg" mt={6}>
          {[...new Set([...regions, ...chosen])].map((region) => (
            <Checkbox
              key={region}
              value={region}
              label={region}
              disabled={chosen.length === 1 && chosen[0] === region}
            />
          ))}
        </Group>
      </Checkbox.Group>
      <PolicyFields form={form} regions={chosen.length} />
      <AlertingFields form={form} {...alerting} />
    </div>
  );
};
