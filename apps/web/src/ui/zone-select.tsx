import { t } from '@lingui/core/macro';
import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { browserZone, zoneNames } from './zone.ts';

type Props = Readonly<{ value: string | null; onChange: (zone: string | null) => void }> &
  Omit<SelectProps, 'data' | 'value' | 'onChange'>;

const shown = 60;

/** An IANA zone, found by typing; this browser's comes first. `clearable` allows none. */
export const ZoneSelect = ({ value, onChange, clearable = false, ...rest }: Props) => {
  const data = useMemo(() => {
    const others = [...new Set([...(value === null ? [] : [value]), ...zoneNames()])];
    return [
      { group: t`This browser’s`, items: [browserZone] },
      { group: t`All`, items: others.filter((zone) => zone !== browserZone) },
    ];
  }, [value]);
  return (
    <Select
      searchable
      limit={shown}
      maxDropdownHeight={280}
      nothingFoundMessage={t`No such zone`}
      data={data}
      value={value}
      onChange={onChange}
      clearable={clearable}
      allowDeselect={clearable}
      clearButtonProps={{ 'aria-label': t`Clear the time zone` }}
      {...rest}
    />
  );
};
