import type { DiagnosisBrief } from '@farwatch/contracts';
import type { Logger } from 'pino';
import type { Db } from '../../db.ts';
import { briefOf } from './brief.ts';
import { type RenewDeps, renew } from './renew.ts';
import type { DiagnosisStore } from './store.ts';

/** What an alert says of the cause, as it was known at a moment; null when it can't be said. */
export type TellDiagnosis = (incidentId: string, at: Date) => Promise<DiagnosisBrief | null>;

type TellDeps = RenewDeps &
  Readonly<{
    db: Pick<Db, 'sql' | 'transaction'>;
    diagnoses: Pick<DiagnosisStore, 'find' | 'insert' | 'knownAt'>;
    log: Pick<Logger, 'warn'>;
  }>;

/** An alert waits no longer than this for what it could say besides. */
const patienceMs = 1_500;

const withPatience = async <T>(work: Promise<T>, ms: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/**
 * The diagnosis that goes with an alert. An incident's first alert leaves at once, so the first version is made here when
 * no sweep has come by yet. Whatever goes wrong with it, the alert goes out.
 */
export const tellDiagnosis = (deps: TellDeps): TellDiagnosis => {
  const { db, diagnoses, log } = deps;
  const find = async (incidentId: string, at: Date) => {
    const known = await diagnoses.knownAt(db.sql, incidentId, at);
    if (known !== null) return known;
    const wanted = (_: unknown, newest: unknown): boolean => newest === null;
    return db.transaction((tx) => renew(deps, tx, { incidentId, now: Date.now(), wanted }));
  };
  return async (incidentId, at) => {
    const made = find(incidentId, at).catch((err: unknown) => {
      log.warn({ err, incidentId }, 'an alert goes out without its diagnosis');
      return null;
    });
    const version = await withPatience(made, patienceMs);
    return version === null ? null : briefOf(version);
  };
};
