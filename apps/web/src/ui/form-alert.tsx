import { t } from '@lingui/core/macro';
import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { messageOf } from '../api/call-error.ts';

type Props = Readonly<{ error: unknown; kept?: string; children?: ReactNode }>;

/** What a form's sending came to when it failed, and what that means for what was typed; nothing otherwise. */
export const FormAlert = ({ error, kept = t`Nothing was saved.`, children }: Props) =>
  error === null || error === undefined ? null : (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />}>
      {messageOf(error)} {kept} {children}
    </Alert>
  );
