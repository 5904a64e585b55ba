import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Group, Radio } from '@mantine/core';
import { useColourScheme } from '../../ui/colour-scheme.ts';
import { schemes } from './schemes.ts';

/** Kept in this browser alone. */
export const ThemeChoice = () => {
  const { colorScheme, setColorScheme } = useColourScheme();
  return (
    <Radio.Group
      label={t`Theme`}
      description={t`Kept in this browser.`}
      value={colorScheme}
      onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
    >
      <Group mt="xs">
        {schemes.map(({ value, label }) => (
          <Radio key={value} value={value} label={i18n.t(label)} />
        ))}
      </Group>
    </Radio.Group>
  );
};
