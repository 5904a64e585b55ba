import type { PolicyView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { CallError } from '../../api/call-error.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { PolicyConflict } from './policy-conflict.tsx';
import { PolicyForm } from './policy-form.tsx';
import { copyOfPolicy, freshPolicy, type PolicyValues, valuesOfPolicy } from './policy-values.ts';
import { policySettingsQuery, useSavePolicy } from './queries.ts';
import type { PolicySlots } from './slots.ts';

type Common = Pick<PolicySlots, 'reachable' | 'preview'> & Readonly<{ onDone: () => void }>;
type Edited = Common & Readonly<{ policy: PolicyView; etag: string | null; onReload: () => void }>;

const Edited = ({ policy, etag, onReload, ...common }: Edited) => {
  const save = useSavePolicy();
  const overtaken = save.error instanceof CallError && (save.error.status === 412 || save.error.status === 404);
  return (
    <PolicyForm
      {...common}
      policyId={policy.id}
      title={t`Edit ${policy.name}`}
      initialValues={valuesOfPolicy(policy)}
      busy={save.isPending}
      error={save.error}
      conflict={
        overtaken
          ? (onOverwrite, onAnew) => (
              <PolicyConflict
                policyId={policy.id}
                reachable={common.reachable}
                onTake={onReload}
                onOverwrite={onOverwrite}
                onAnew={onAnew}
              />
            )
          : undefined
      }
      onSave={(body, saving, over) =>
        save.mutate(
          { id: over?.anew === true ? null : policy.id, etag: over === undefined ? etag : over.etag, body },
          saving,
        )
      }
    />
  );
};

const New = ({ from, ...common }: Common & { readonly from: PolicyValues }) => {
  const save = useSavePolicy();
  return (
    <PolicyForm
      {...common}
      policyId={null}
      title={t`New policy`}
      initialValues={from}
      busy={save.isPending}
      error={save.error}
      onSave={(body, saving) => save.mutate({ id: null, etag: null, body }, saving)}
    />
  );
};

const Existing = ({ policyId, copied, ...common }: Common & Readonly<{ policyId: string; copied: boolean }>) => {
  const query = useQuery(policySettingsQuery(policyId));
  const waiting = <Skeletons rows={5} height={120} label={t`Loading the policy`} />;
  if (query.status === 'success' && common.reachable.state === 'pending') return waiting;
  return (
    <Loaded query={query} failed={t`The policy could not be loaded`} waiting={waiting}>
      {({ data, etag }, onReload) =>
        copied ? (
          <New from={copyOfPolicy(data)} {...common} />
        ) : (
          <Edited policy={data} {...{ ...common, etag, onReload }} />
        )
      }
    </Loaded>
  );
};

/** A new policy (`new`), a copy of one (`copy-…`), or the one with this id. */
export const PolicyEditor = ({ policyId, ...common }: Common & { readonly policyId: string }) => {
  if (policyId === 'new') return <New from={freshPolicy()} {...common} />;
  const copied = policyId.startsWith('copy-');
  return <Existing policyId={copied ? policyId.slice('copy-'.length) : policyId} copied={copied} {...common} />;
};
