import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import type { KindProps } from './kind-form.ts';

type Props = KindProps & Readonly<{ spoken: boolean }>;

/** A phone that gets texts, or is called. */
export const PhoneFields = ({ form, spoken }: Props) => (
  <TextInput
    label={t`Phone number`}
    type="tel"
    placeholder="+49 151 12345678"
    description={
      spoken
        ? t`A voice says what is down; 1 acknowledges, 2 repeats.`
        : t`Answering ACK acknowledges; STOP ends all messages.`
    }
    inputWrapperOrder={['label', 'input', 'description', 'error']}
    data-autofocus
    {...form.getInputProps('phone')}
  />
);
