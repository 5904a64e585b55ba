import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import type { KindProps } from './kind-form.ts';

export const EmailFields = ({ form }: KindProps) => (
  <TextInput
    label={t`Address`}
    type="email"
    description={t`An address that is not your own is asked for its consent first.`}
    inputWrapperOrder={['label', 'input', 'description', 'error']}
    data-autofocus
    {...form.getInputProps('address')}
  />
);
