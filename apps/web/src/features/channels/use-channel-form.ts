import type { ChannelKind } from '@farwatch/contracts';
import { useForm } from '@mantine/form';
import { CallError } from '../../api/call-error.ts';
import { type ChannelValues, targetFaults } from './channel-values.ts';
import type { ChannelForm } from './kinds/kind-form.ts';
import type { ChannelSlots } from './slots.ts';

type Options = Readonly<{
  kind: ChannelKind;
  initialValues: ChannelValues;
  slots: ChannelSlots;
  /** Whether the form says where it goes, and whether the channel exists already. */
  targeted: boolean;
  edited: boolean;
}>;

export const useChannelForm = ({ kind, initialValues, slots, targeted, edited }: Options): ChannelForm =>
  useForm<ChannelValues>({
    initialValues,
    validate: (values) => {
      const quiet = slots.quietHoursFault(values.quietHours);
      return {
        ...(targeted ? targetFaults(kind, values, edited) : {}),
        ...(quiet === null ? {} : { quietHours: quiet }),
      };
    },
  });

/** Puts the server's words beside the fields they are about. */
export const showFaults = (form: ChannelForm, error: Error): void => {
  if (error instanceof CallError) form.setErrors(error.fields);
};

/** What the server says that no field of the form can show; null when a field shows it. */
export const unplaced = (form: ChannelForm, error: Error | null): Error | null => {
  if (!(error instanceof CallError)) return error;
  const names = Object.keys(error.fields);
  return names.length > 0 && names.every((name) => name in form.values) ? null : error;
};
