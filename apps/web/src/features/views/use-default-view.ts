import type { SavedViewView } from '@farwatch/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Place } from './queries.ts';
import { type Search, wordsOf } from './same-search.ts';

/** Lists that have been opened since the page was loaded: whoever clears the filters afterwards means it. */
const opened = new Set<Place>();

/** Opens a list with the person's default view, when it is opened for the first time and its URL asks for nothing. */
export const useDefaultView = (
  place: Place,
  views: readonly SavedViewView[],
  search: Search,
  path: '/' | '/incidents',
): void => {
  const navigate = useNavigate();
  const view = views.find(({ isDefault }) => isDefault);
  const plain = Object.keys(wordsOf(search)).length === 0;
  useEffect(() => {
    if (opened.has(place)) return;
    if (!plain) return void opened.add(place);
    if (view === undefined) return;
    opened.add(place);
    void navigate({ to: path, search: view.search, replace: true });
  }, [place, plain, view, path, navigate]);
};
