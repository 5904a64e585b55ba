import type { Sql } from '../../db.ts';

/**
 * Whoever changes the policies or schedules of one organisation waits for each other: limits hold, one policy is the
 * default, and no schedule goes while a policy is being pointed at it.
 */
export const lockOrganisation = async (tx: Sql, organisationId: string): Promise<void> => {
  await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
};
