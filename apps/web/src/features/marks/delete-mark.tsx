import { createMark, deleteMark } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { messageOf } from '../../api/call-error.ts';
import { tellUndo } from '../../ui/undo-message.tsx';
import type { SetMark } from './mark-list.tsx';

/** Takes a mark away at once; for a while it can be set anew where it was, by whoever takes that back. */
export const DeleteMark = ({ mark }: { readonly mark: SetMark }) => {
  const client = useQueryClient();
  const read = () => client.invalidateQueries({ queryKey: ['marks'] });
  const failed = (error: Error): void => {
    notifications.show({ color: 'red', title: t`The mark “${mark.text}” stayed as it was`, message: messageOf(error) });
  };
  const { mutateAsync: again } = useMutation({
    mutationFn: () => {
      const { kind, text, at, appliesTo } = mark;
      return call(createMark, { body: { kind, text, at, appliesTo } });
    },
    onSuccess: read,
  });
  const remove = useMutation({
    mutationFn: () => call(deleteMark, { params: { markId: mark.id } }),
    onSuccess: () => {
      tellUndo(t`The mark “${mark.text}” is deleted.`, () => again());
      return read();
    },
    onError: failed,
  });
  return (
    <CloseButton
      size="sm"
      aria-label={t`Delete the mark “${mark.text}”`}
      disabled={remove.isPending}
      onClick={() => remove.mutate()}
    />
  );
};
