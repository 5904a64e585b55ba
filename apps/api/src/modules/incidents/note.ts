import { invalidField, notFound, problem } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { CommentRow } from './comment-store.ts';
import { type Deed, type DeedDeps, maxLines, perform } from './perform.ts';
import type { IncidentRow } from './view.ts';

/** Gives it to a member, or to nobody (null). Throws 400 for who is no member, 404. */
export const assignIncident = async (
  deps: DeedDeps & Pick<ModuleDeps, 'members'>,
  deed: Deed,
  accountId: string | null,
): Promise<IncidentRow> => {
  const { organisationId, incidentId } = deed;
  const done = await perform(deps, deed, async (tx, before) => {
    const names = await deps.members.names(tx, organisationId, accountId === null ? [] : [accountId]);
    const name = accountId === null ? 'nobody' : names.get(accountId);
    if (name === undefined)
      throw invalidField('/accountId', 'unknown-member', 'There is no such person in this organisation.');
    if (before.assigneeId === accountId) return null;
    await deps.incidents.setAssignee(tx, incidentId, accountId);
    return { kind: 'assigned', text: `Assigned to ${name}.` };
  });
  if (done === null) throw notFound('incident');
  return done.after;
};

export const addComment = async (deps: DeedDeps, deed: Deed, text: string): Promise<CommentRow> => {
  const done = await perform(deps, deed, async (tx) => {
    if ((await deps.comments.lines(tx, deed.incidentId)) >= maxLines)
      throw problem(409, 'comment-limit', `The story of an incident can have at most ${maxLines} lines.`);
    return { kind: 'comment', text };
  });
  if (done === null) throw notFound('incident');
  const row = done.commentId === null ? null : await deps.comments.find(deps.db.sql, done.commentId);
  if (row === null) throw notFound('incident'); // it went, with all that was written about it, a moment ago
  return row;
};

/** Null takes it away. `check` sees what it is about to replace, and throws where that must not be. */
export const writePostMortem = async (
  deps: DeedDeps,
  deed: Deed,
  text: string | null,
  check: (before: IncidentRow) => void,
): Promise<IncidentRow> => {
  const { incidentId, now } = deed;
  const done = await perform(deps, deed, async (tx, before) => {
    check(before);
    if (before.postMortem === text) return null;
    await deps.incidents.setPostMortem(tx, incidentId, text, now);
    const change = before.postMortem === null ? 'written' : 'changed';
    return { kind: 'post-mortem', text: `Post-mortem ${text === null ? 'removed' : change}.` };
  });
  if (done === null) throw notFound('incident');
  return done.after;
};
