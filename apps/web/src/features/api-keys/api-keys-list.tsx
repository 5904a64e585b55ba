import type { ApiKeyView } from '@farwatch/contracts';
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

const scopes = { read: 'Read', write: 'Read and write' } as const;

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
      <td className={table.fixed}>{scopes[apiKey.scope]}</td>
      <td className={table.fixed} data-label="Made">
        <Instant at={apiKey.createdAt} />
      </td>
      <td className={table.fixed} data-label="Last used">
        {apiKey.lastUsedAt === null ? 'never' : <Instant at={apiKey.lastUsedAt} />}
      </td>
      <td className={table.number}>
        <Button variant="default" size="xs" onClick={ask.open} aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
        <Confirm
          opened={asking}
          title={`Revoke ${apiKey.name}?`}
          action="Revoke key"
          busy={revoke.isPending}
          error={revoke.error}
          onClose={ask.close}
          onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: ask.close })}
        >
          Whatever uses this key stops working at once. It cannot be brought back; a new key can be made.
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
      return <Skeletons rows={3} height={48} label="Loading API keys" />;
    case 'error':
      return <Problem title="API keys could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
    case 'success':
      return query.data.length === 0 ? (
        <EmptyState title="No API key yet" action={<Button onClick={onAdd}>Make a key</Button>}>
          Everything this dashboard does can be done over the REST API with a key.
        </EmptyState>
      ) : (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Key</th>
              <th scope="col">May</th>
              <th scope="col">Made</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <VisuallyHidden>Actions</VisuallyHidden>
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
