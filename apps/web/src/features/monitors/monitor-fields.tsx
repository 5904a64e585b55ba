import { Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { MonitorValues } from './monitor-values.ts';
import styles from './monitors.module.css';

export type MonitorForm = UseFormReturnType<MonitorValues>;
type Props = Readonly<{ form: MonitorForm; regions: readonly string[] }>;

const intervals = [10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];
const intervalText = (seconds: number): string =>
  seconds < 60 ? `${seconds} seconds` : seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`;

export const UrlField = ({ form, autoFocus = false }: { readonly form: MonitorForm; readonly autoFocus?: boolean }) => (
  <TextInput
    label="URL"
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

/** Everything that has a good default. */
export const AdvancedFields = ({ form, regions }: Props) => {
  const chosen = form.values.regions.length === 0 ? regions : form.values.regions;
  const choices = [...new Set([...intervals, form.values.intervalSeconds])].toSorted((a, b) => a - b);
  return (
    <div className={styles.fields}>
      <TextInput label="Name" placeholder="As the URL’s host" className={styles.wide} {...form.getInputProps('name')} />
      <Select
        label="Interval"
        allowDeselect={false}
        data={choices.map((seconds) => ({ value: String(seconds), label: intervalText(seconds) }))}
        value={String(form.values.intervalSeconds)}
        onChange={(value) => form.setFieldValue('intervalSeconds', Number(value))}
        error={form.errors.intervalSeconds}
      />
      <NumberInput label="Timeout" suffix=" s" min={0.5} max={60} step={1} {...form.getInputProps('timeoutSeconds')} />
      <Select label="Method" allowDeselect={false} data={['GET', 'HEAD']} {...form.getInputProps('method')} />
      <NumberInput label="Redirects followed" min={0} max={20} {...form.getInputProps('maxRedirects')} />
      <TextInput
        label="Counts as up"
        description="Status codes and ranges"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        className={styles.wide}
        {...form.getInputProps('expectedStatuses')}
      />
      <Checkbox.Group
        label="Regions"
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
    </div>
  );
};
