import type { NewPolicy, PolicyView } from '@farwatch/contracts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CallError } from '../../api/call-error.ts';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { PolicyForm } from './policy-form.tsx';
import { freshPolicy, valuesOfPolicy } from './policy-values.ts';
import { policySettingsQuery, useSavePolicy } from './queries.ts';
import type { Reachable } from './slots.ts';

type Common = Readonly<{ reachable: Reachable; onDone: () => void }>;

const Edited = ({
  policy,
  etag,
  reachable,
  onDone,
  onReload,
}: Common & Readonly<{ policy: PolicyView; etag: string | null; onReload: () => void }>) => {
  const save = useSavePolicy();
  const overtaken = save.error instanceof CallError && save.error.status === 412;
  return (
    <PolicyForm
      initialValues={valuesOfPolicy(policy)}
      reachable={reachable}
      busy={save.isPending}
      error={save.error}
      aside={
        overtaken ? (
          <Button size="compact-sm" variant="default" onClick={onReload}>
            Load it as it is now
          </Button>
        ) : null
      }
      onSave={(body: NewPolicy) => save.mutate({ id: policy.id, etag, body }, { onSuccess: onDone })}
      onCancel={onDone}
    />
  );
};

const New = ({ reachable, onDone }: Common) => {
  const save = useSavePolicy();
  return (
    <PolicyForm
      initialValues={freshPolicy}
      reachable={reachable}
      busy={save.isPending}
      error={save.error}
      onSave={(body) => save.mutate({ id: null, etag: null, body }, { onSuccess: onDone })}
      onCancel={onDone}
    />
  );
};

const Existing = ({ policyId, ...rest }: Common & { readonly policyId: string }) => {
  const query = useQuery(policySettingsQuery(policyId));
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={5} height={72} label="Loading the policy" />;
    case 'error':
      return (
        <Problem title="The policy could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return (
        <Edited
          key={query.data.etag ?? query.data.data.updatedAt}
          policy={query.data.data}
          etag={query.data.etag}
          onReload={() => void query.refetch()}
          {...rest}
        />
      );
  }
};

/** A new policy (`new`), or the one with this id. */
export const PolicyEditor = ({ policyId, ...rest }: Common & { readonly policyId: string }) =>
  policyId === 'new' ? <New {...rest} /> : <Existing policyId={policyId} {...rest} />;
