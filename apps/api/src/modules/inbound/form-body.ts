import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '../../plugins/problems.ts';

/** A form as it came, for its signature, and its fields; of a field given twice the last one counts. */
export type Form = Readonly<{ raw: string; fields: Readonly<Record<string, string>> }>;

const maxBytes = 65_536;
const formType = 'application/x-www-form-urlencoded';
const noForm = () => problem(415, 'unsupported-media-type', `Send a form, with Content-Type: ${formType}.`);

/** The body that the parser below has left. */
export const formOf = ({ body }: FastifyRequest): Form => {
  if (body === undefined || body === null) return { raw: '', fields: {} };
  return body as Form; // the only parser that these routes have
};

/** Forms instead of JSON, for the routes of this plugin and for no others. */
export const useForms = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    formType,
    { parseAs: 'string', bodyLimit: maxBytes },
    async (_request: unknown, raw: string): Promise<Form> => ({
      raw,
      fields: Object.fromEntries(new URLSearchParams(raw)),
    }),
  );
  app.addContentTypeParser('*', async () => {
    throw noForm();
  });
};
