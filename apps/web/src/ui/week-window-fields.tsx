import { Chip, Group, Input, SimpleGrid, TextInput } from '@mantine/core';
import { dayNames, type WeekWindow } from './week-window.ts';

type Props = Readonly<{ value: WeekWindow; onChange: (value: WeekWindow) => void; error?: string | null }>;

export const WeekWindowFields = ({ value, onChange, error = null }: Props) => (
  <Input.Wrapper labelElement="div" error={error}>
    <Chip.Group
      multiple
      value={value.days.map(String)}
      onChange={(days) => onChange({ ...value, days: days.map(Number).toSorted((a, b) => a - b) })}
    >
      <Group gap={6} role="group" aria-label="Days">
        {dayNames.map((name, index) => (
          <Chip key={name} size="xs" value={String(index + 1)}>
            {name}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
    <SimpleGrid minColWidth="132px" spacing="sm" mt="sm">
      <TextInput
        type="time"
        label="From"
        value={value.from}
        onChange={({ currentTarget }) => onChange({ ...value, from: currentTarget.value })}
      />
      <TextInput
        type="time"
        label="Until"
        description={
          value.from !== '' && value.until !== '' && value.until <= value.from ? 'on the next day' : undefined
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={value.until}
        onChange={({ currentTarget }) => onChange({ ...value, until: currentTarget.value })}
      />
    </SimpleGrid>
  </Input.Wrapper>
);
