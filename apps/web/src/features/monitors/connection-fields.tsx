import { t } from '@lingui/core/macro';
import { Select, TextInput } from '@mantine/core';
import { said } from '../../ui/choice.ts';
import { families, httpVersions } from './connection-values.ts';
import type { MonitorForm } from './monitor-fields.tsx';
import styles from './monitors.module.css';

const order: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];
const plain = { autoComplete: 'off', autoCapitalize: 'off', spellCheck: false, inputWrapperOrder: order };

/** How the connection is made, for sites that need it otherwise than a browser would. */
export const ConnectionFields = ({ form }: { readonly form: MonitorForm }) => (
  <>
    <Select
      label={t`HTTP version`}
      allowDeselect={false}
      data={said(httpVersions)}
      {...form.getInputProps('connection.httpVersion')}
    />
    <Select
      label={t`Address family`}
      description={t`With both, one that fails is enough for a region to see it down.`}
      inputWrapperOrder={order}
      allowDeselect={false}
      data={said(families)}
      {...form.getInputProps('connection.family')}
    />
    <TextInput
      label={t`Origin`}
      description={t`Where the site itself answers, behind its CDN. Asked the same when the URL fails, so that you see which of the two is broken.`}
      placeholder="https://203.0.113.7:8443"
      className={styles.wide}
      {...plain}
      {...form.getInputProps('connection.origin')}
    />
    <TextInput
      label={t`Server name (SNI)`}
      description={t`What the certificate must be made for.`}
      placeholder={t`As the URL’s host`}
      {...plain}
      {...form.getInputProps('connection.serverName')}
    />
    <TextInput
      label={t`Host header`}
      description={t`Sent to the URL’s own origin.`}
      placeholder={t`As the URL’s host`}
      {...plain}
      {...form.getInputProps('connection.hostHeader')}
    />
    <TextInput
      label={t`Resolvers`}
      description={t`Up to three addresses, such as 1.1.1.1, that are asked for the name instead of the probe’s own.`}
      placeholder={t`The probe’s own`}
      className={styles.wide}
      {...plain}
      {...form.getInputProps('connection.resolvers')}
    />
  </>
);
