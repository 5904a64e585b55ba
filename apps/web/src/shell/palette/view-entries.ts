import type { SavedViewView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { IconBookmark } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { savedViewsQuery } from '../../features/views/queries.ts';
import { places } from '../places.ts';
import type { Entry } from './entry.ts';

const paths = { monitors: '/', incidents: '/incidents' } as const satisfies Record<SavedViewView['place'], string>;

/** The saved views of every list. */
export const useViewEntries = (): readonly Entry[] => {
  const navigate = useNavigate();
  const { data: views = [] } = useQuery(savedViewsQuery);
  return views.map(({ id, name, place, search }) => {
    const to = paths[place];
    const list = places.find((each) => each.to === to);
    return {
      ...{ id: `view ${id}`, group: 'views', label: name, icon: IconBookmark, also: 'saved view' },
      ...(list === undefined ? {} : { note: i18n.t(list.label) }),
      run: () => void navigate({ to, search }),
    };
  });
};
