import type { ErrorObject } from 'ajv';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { faultsOf } from './faults.ts';
import { notFound, ProblemError, problem, problemDocument } from './problems.ts';

/** Fastify's own refusals, in our words. */
const known: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body-too-large', 'The body is larger than 256 kB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'unsupported-media-type', 'Send JSON, with Content-Type: application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'bad-request', 'The body is not as long as Content-Length says.'],
  FST_ERR_BAD_URL: [400, 'malformed-url', 'The path is not a valid URL.'],
  FST_ERR_MAX_PARAM_LENGTH: [404, 'not-found', 'There is nothing here.'],
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: [
    415,
    'unsupported-media-type',
    'Send JSON, with Content-Type: application/json.',
  ],
};

const fromValidation = (errors: readonly ErrorObject[], context: string | undefined): ProblemError =>
  context === 'params'
    ? notFound('thing') // an id nobody could have is an id nobody has
    : problem(400, 'validation-failed', 'The request is not as it should be.', faultsOf(errors, context));

/** What to tell the caller of whatever was thrown. Null: it was our own fault, so nothing of it is told. */
const expected = (error: FastifyError): ProblemError | null => {
  if (error instanceof ProblemError) return error;
  if (error.validation !== undefined)
    return fromValidation(error.validation as unknown as ErrorObject[], error.validationContext); // ajv made them, see validation.ts
  const own = known[error.code];
  if (own !== undefined) return problem(...own);
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? problem(status, 'bad-request', 'This request can not be answered.') : null;
};

const internal = problem(500, 'internal-error', 'Something broke on our side. The request id helps to find it.');

/** Answers a problem as RFC 9457 says. */
export const sendProblem = (request: FastifyRequest, reply: FastifyReply, error: ProblemError): FastifyReply => {
  for (const [name, value] of Object.entries(error.headers)) reply.header(name, value);
  return reply
    .code(error.status)
    .header('x-request-id', request.id) // also where no hook has run: a path that is no URL
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problemDocument(error, request.id));
};

/** The one place where what was thrown becomes an answer, and where bugs are logged. */
export const answerError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const told = expected(error);
  if (told === null || told.status >= 500) request.log.error({ err: error }, 'a request failed');
  return sendProblem(request, reply, told ?? internal);
};

export const useErrors = (app: FastifyInstance): void => {
  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply));
};
