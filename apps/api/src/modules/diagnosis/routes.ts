import { getDiagnosis, giveDiagnosisFeedback } from '@farwatch/contracts';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { invalidField, notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { IncidentRow } from '../incidents/view.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { whoOf } from './actor.ts';
import type { FeedbackRow } from './store.ts';
import { diagnosisView, feedbackView, versionView } from './view.ts';

type DiagnosisDeps = Pick<ModuleDeps, 'db' | 'incidents' | 'diagnoses'>;

/** The incident of a request; another organisation's is 404. */
export const ownIncident = async (
  { db, incidents }: Pick<ModuleDeps, 'db' | 'incidents'>,
  request: FastifyRequest<{ Params: { incidentId: string } }>,
): Promise<IncidentRow> => {
  const owned = { organisationId: organisationOf(request).id, id: request.params.incidentId };
  const row = await incidents.find(db.sql, owned);
  if (row === null) throw notFound('incident');
  return row;
};

const feedbackRoute = (app: FastifyInstance, deps: DiagnosisDeps): void => {
  const { db, diagnoses } = deps;
  app.route(
    route(giveDiagnosisFeedback, async (request) => {
      const incident = await ownIncident(deps, request);
      const { verdict, version = null, cause = null, hop = null, note = null } = request.body;
      if (verdict === 'right' && (cause !== null || hop !== null))
        throw invalidField(
          cause === null ? '/hop' : '/cause',
          'only-when-wrong',
          'What was right needs no other cause.',
        );
      const judged = await diagnoses.find(db.sql, incident.id, version);
      if (judged === null && version !== null)
        throw invalidField('/version', 'unknown-version', 'There is no such version, or it is not kept any more.');
      if (judged === null) throw problem(409, 'no-diagnosis-yet', 'This incident has not been diagnosed yet.');
      const { judge, accountId, author } = whoOf(request);
      const said: FeedbackRow = {
        ...{ version: judged.version, accountId, author, verdict, cause, hop, note },
        at: new Date(),
      };
      await diagnoses.setFeedback(db.sql, incident.id, judge, said);
      return feedbackView(said);
    }),
  );
};

/** Why an incident is one, as far as it is known, and what people say of that. */
export const diagnosisRoutes: FastifyPluginAsync<DiagnosisDeps> = async (app, deps) => {
  const { db, diagnoses } = deps;
  feedbackRoute(app, deps);
  app.route(
    route(getDiagnosis, async (request) => {
      const { id } = await ownIncident(deps, request);
      const { version = null } = request.query;
      const shown = await diagnoses.find(db.sql, id, version);
      if (shown === null && version !== null) throw notFound('version');
      return {
        incidentId: id,
        shown: shown === null ? null : { ...versionView(shown), diagnosis: diagnosisView(shown.diagnosis) },
        versions: (await diagnoses.list(db.sql, id)).map(versionView),
        feedback: (await diagnoses.feedback(db.sql, id)).map(feedbackView),
      };
    }),
  );
};
