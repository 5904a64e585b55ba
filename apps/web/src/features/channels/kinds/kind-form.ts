import { t } from '@lingui/core/macro';
import type { UseFormReturnType } from '@mantine/form';
import type { ChannelValues } from '../channel-values.ts';

export type ChannelForm = UseFormReturnType<ChannelValues>;
/** `edited`: the channel exists, so what is left empty stays as it is where that is possible. */
export type KindProps = Readonly<{ form: ChannelForm; edited: boolean }>;

/** In a field whose content stays when nothing is typed. */
export const unchanged = (edited: boolean): string | undefined => (edited ? t`Unchanged` : undefined);
