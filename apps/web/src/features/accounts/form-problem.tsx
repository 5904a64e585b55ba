import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { messageOf } from '../../api/call-error.ts';
import { AuthError } from './ask-auth.ts';

/** What a form's sending came to, when it failed; nothing otherwise. */
export const FormProblem = ({ error }: { readonly error: Error | null }) =>
  error === null ? null : (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />}>
      {error instanceof AuthError ? error.message : messageOf(error)}
    </Alert>
  );
