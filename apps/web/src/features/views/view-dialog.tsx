import type { SavedViewView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormModal } from '../../ui/form-modal.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { type Place, useViewDeed, type ViewDeed } from './queries.ts';

type Props = Readonly<{
  place: Place;
  /** Null: a new one of what is shown. */
  before: SavedViewView | null;
  search: Record<string, string>;
  onClose: () => void;
}>;

/** Names a view, says who sees it and whether the list opens with it; deletes one that is there, which can be undone. */
export const ViewDialog = ({ place, before, search, onClose }: Props) => {
  const [name, setName] = useState(before?.name ?? '');
  const [shared, setShared] = useState(before?.visibility === 'shared');
  const [isDefault, setDefault] = useState(before?.isDefault ?? false);
  const deed = useViewDeed();
  const perform = (what: ViewDeed, done?: () => void): void =>
    deed.mutate(what, {
      onSuccess: () => {
        onClose();
        done?.();
      },
    });
  const body = { name: name.trim(), visibility: shared ? 'shared' : 'private', isDefault } as const;
  const { unsaved } = useUnsaved(body);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    perform(
      before === null
        ? { kind: 'save', body: { ...body, place, search } }
        : { kind: 'change', viewId: before.id, body },
    );
  };
  const onDelete = (view: SavedViewView): void => {
    const { name: lost, search: kept, visibility } = view;
    const back = (): void =>
      deed.mutate({ kind: 'save', body: { place, name: lost, search: kept, visibility, isDefault: view.isDefault } });
    const message = (
      <Group justify="space-between" gap="xs">
        <span>{t`The view “${lost}” is deleted.`}</span>
        <Button size="compact-sm" variant="light" onClick={back}>
          <Trans>Undo</Trans>
        </Button>
      </Group>
    );
    perform({ kind: 'delete', viewId: view.id }, () => notifications.show({ message, autoClose: 10_000 }));
  };
  const fault = deed.error instanceof CallError ? deed.error.fields.name : undefined;
  return (
    <FormModal onClose={onClose} title={before === null ? t`Save this view` : t`Change the view`} size="md">
      {() => (
        <form onSubmit={onSubmit}>
          <LeaveGuard unsaved={unsaved} />
          <Stack gap="md">
            {fault === undefined ? <FormAlert error={deed.error} /> : null}
            <TextInput
              label={t`Name`}
              placeholder={t`Shops that fail`}
              maxLength={60}
              data-autofocus
              value={name}
              error={fault}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <Checkbox
              label={t`Everybody of the organisation sees it`}
              checked={shared}
              onChange={({ currentTarget }) => setShared(currentTarget.checked)}
            />
            <Checkbox
              label={t`The list opens with it, for me`}
              checked={isDefault}
              onChange={({ currentTarget }) => setDefault(currentTarget.checked)}
            />
            <Group justify="space-between" gap="xs">
              {before === null ? (
                <span />
              ) : (
                <Button variant="subtle" color="red" disabled={deed.isPending} onClick={() => onDelete(before)}>
                  <Trans>Delete</Trans>
                </Button>
              )}
              <Button type="submit" disabled={name.trim() === ''} loading={deed.isPending}>
                <Trans>Save</Trans>
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </FormModal>
  );
};
