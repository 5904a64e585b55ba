import type { MarkView } from '@farwatch/contracts';
import { scopeView } from '../../scope.ts';
import type { MarkRow } from './store.ts';

export const markView = (row: MarkRow): MarkView => ({
  id: row.id,
  kind: row.kind,
  text: row.text,
  at: row.at.toISOString(),
  appliesTo: scopeView(row.appliesTo),
  author: row.author,
  createdAt: row.createdAt.toISOString(),
});
