import {
  type BodyOf,
  createSavedView,
  deleteSavedView,
  listSavedViews,
  type SavedViewView,
  updateSavedView,
} from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export type Place = SavedViewView['place'];

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async ({ signal }) => (await call(listSavedViews, {}, { signal })).items,
});

/** What somebody does to the saved views. */
export type ViewDeed =
  | Readonly<{ kind: 'save'; body: BodyOf<typeof createSavedView> }>
  | Readonly<{ kind: 'change'; viewId: string; body: BodyOf<typeof updateSavedView> }>
  | Readonly<{ kind: 'delete'; viewId: string }>;

const perform = async (deed: ViewDeed): Promise<void> => {
  switch (deed.kind) {
    case 'save':
      await call(createSavedView, { body: deed.body });
      return;
    case 'change':
      await call(updateSavedView, { params: { viewId: deed.viewId }, body: deed.body });
      return;
    case 'delete':
      await call(deleteSavedView, { params: { viewId: deed.viewId } });
  }
};

export const useViewDeed = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: perform,
    onSettled: () => client.invalidateQueries({ queryKey: savedViewsQuery.queryKey }),
  });
};
