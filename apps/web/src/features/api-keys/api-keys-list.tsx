import type { ApiKeyView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Code } from '../../ui/code.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import table from '../../ui/table.module.css';
import { apiKeysQuery, useRevokeApiKey } from './queries.ts';

const scopes = { read: msg`Read`, write: msg`Read and write` } as const;

const Row = ({ apiKey }: { readonly apiKey: ApiKeyView }) => {
  const [asking, ask] = useDisclosure(false);
  const revoke = useRevokeApiKey();
  return (
    <tr>
      <td className={table.grow}>
        <b>{apiKey.name}</b>
      </td>
      <td className={table.fixed}>
        <Code>{apiKey.start}…</Code>
      </td>
      <td className={table.fixed}>{i18n.t(scopes[apiKey.scope])}</td>
      <td className={table.fixed} data-label={t`Made`}>
        <Instant at={apiKey.createdAt} />
      </td>
      <td className={table.fixed} data-label={t`Last used`}>
        {apiKey.lastUsedAt === null ? <Trans>never</Trans> : <Instant at={apiKey.lastUsedAt} />}
      </td>
      <td className={table.number}>
        <Button variant="default" size="xs" onClick={ask.open} aria-label={t`Revoke ${apiKey.name}`}>
          <Trans>Revoke</Trans>
        </Button>
        <Confirm
          opened={asking}
          title={t`Revoke ${apiKey.name}?`}
          action={t`Revoke key`}
          busy={revoke.isPending}
          error={revoke.error}
          onClose={ask.close}
          onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: ask.close })}
        >
          <Trans>Whatever uses this key stops working at once. It cannot be brought back; a new key can be made.</Trans>
        </Confirm>
      </td>
    </tr>
  );
};

/** The organisation's keys, without their secrets. */
export const ApiKeysList = ({ onAdd }: { readonly onAdd: () => void }) => {
  const query = useQuery(apiKeysQuery);
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={3} height={48} label={t`Loading API keys`} />;
    case 'error':
      return (
        <Problem title={t`API keys could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return query.data.length === 0 ? (
        <EmptyState
          title={t`No API key yet`}
          action={
            <Button onClick={onAdd}>
              <Trans>Make a key</Trans>
            </Button>
          }
        >
          <Trans>Everything this dashboard does can be done over the REST API with a key.</Trans>
        </EmptyState>
      ) : (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Name</Trans>
              </th>
              <th scope="col">
                <Trans>Key</Trans>
              </th>
              <th scope="col">
                <Trans>May</Trans>
              </th>
              <th scope="col">
                <Trans>Made</Trans>
              </th>
              <th scope="col">
                <Trans>Last used</Trans>
              </th>
              <th scope="col">
                <VisuallyHidden>
                  <Trans>Actions</Trans>
                </VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {query.data.map((apiKey) => (
              <Row key={apiKey.id} apiKey={apiKey} />
            ))}
          </tbody>
        </table>
      );
  }
};
