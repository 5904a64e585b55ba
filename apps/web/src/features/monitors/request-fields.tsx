import { t } from '@lingui/core/macro';
import { Checkbox, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { said } from '../../ui/choice.ts';
import type { MonitorForm } from './monitor-fields.tsx';
import styles from './monitors.module.css';
import { type AuthKind, authKinds, hasBody } from './request-values.ts';

const secretLabel: Readonly<Record<Exclude<AuthKind, 'none'>, string>> = {
  basic: 'Password',
  bearer: 'Token',
  header: 'Value of the header',
};
const isKind = (text: string | null): text is AuthKind => authKinds.some(({ value }) => value === text);

/** Who logs in, and with what. The secret is never shown again: an empty field keeps the one that is set. */
const AuthFields = ({ form }: { readonly form: MonitorForm }) => {
  const { auth } = form.values;
  const set = (part: Partial<typeof auth>): void => {
    form.setFieldValue('auth', { ...auth, ...part });
    form.clearFieldError('auth');
  };
  return (
    <>
      <Select
        label={t`Log-in`}
        description={t`Kept encrypted, sent to this URL’s own origin alone.`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        data={said(authKinds)}
        value={auth.kind}
        error={form.errors.auth}
        onChange={(next) => isKind(next) && set({ kind: next, secret: '' })}
      />
      {auth.kind === 'basic' || auth.kind === 'header' ? (
        <TextInput
          label={auth.kind === 'basic' ? 'User name' : 'Name of the header'}
          autoComplete="off"
          value={auth.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      ) : null}
      {auth.kind === 'none' ? null : (
        <PasswordInput
          label={secretLabel[auth.kind]}
          autoComplete="new-password"
          placeholder={auth.kept === auth.kind ? 'As it is' : ''}
          value={auth.secret}
          onChange={(event) => set({ secret: event.currentTarget.value })}
        />
      )}
    </>
  );
};

/** What is sent besides the method and the URL. */
export const RequestFields = ({ form }: { readonly form: MonitorForm }) => (
  <>
    <Textarea
      label={t`Headers`}
      description={t`One a line, as Accept: application/json`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      className={styles.wide ?? ''}
      autosize
      minRows={2}
      maxRows={8}
      spellCheck={false}
      {...form.getInputProps('headers')}
    />
    {hasBody(form.values.method) ? (
      <Textarea
        label={t`Body`}
        className={styles.wide ?? ''}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        {...form.getInputProps('body')}
      />
    ) : null}
    <AuthFields form={form} />
    <Checkbox
      label={t`Verify the certificate`}
      className={styles.wide ?? ''}
      {...form.getInputProps('verifyTls', { type: 'checkbox' })}
    />
  </>
);
