import {
  createMonitors,
  exportMonitors,
  type ImportFormat,
  type MonitorView,
  mostImported,
  previewImport,
} from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { viewsOf } from '../monitors/routes.ts';
import type { Ground } from '../monitors/settings.ts';
import type { MonitorRow } from '../monitors/view.ts';
import type { WriteDeps } from '../monitors/write.ts';
import { UnreadableError } from './entry.ts';
import { exportText, exportTypes } from './export.ts';
import { makeMany } from './make-many.ts';
import { previewOf, sameKey } from './preview.ts';
import { readText } from './read-text.ts';
import { looksLikeSitemap, readSitemap, type SitemapDeps } from './sitemap.ts';

type ImportDeps = WriteDeps & SitemapDeps;

/** JSON may need six characters for one, and a thousand monitors with bodies are long. */
const longestBody = 16 * 1_024 * 1_024;

const unreadable = async <T>(read: () => T | Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnreadableError) throw problem(422, 'import-unreadable', error.message);
    throw error;
  }
};

/** Every monitor of an organisation, or those of the wanted that are its, by name. */
const all = async ({ db, monitors }: WriteDeps, organisationId: string, wanted: readonly string[] | null) => {
  const filter = { organisationId, statuses: null, tags: null, search: null };
  const rows = await monitors.list(db.sql, filter, { sort: 'name', position: null, limit: mostImported });
  return wanted === null ? rows : rows.filter(({ id }) => wanted.includes(id));
};

/** A text as what it is, or the sitemap at the address that it is. */
const readAny = async (deps: ImportDeps, organisationId: string, text: string, format: ImportFormat) => {
  if (format === 'sitemap' || (format === 'auto' && looksLikeSitemap(text)))
    return readSitemap(deps, organisationId, text);
  return { ...readText(text, format), notes: [] };
};

/** Monitors from elsewhere, and to elsewhere. */
export const importRoutes: FastifyPluginAsync<ImportDeps> = async (app, deps) => {
  const viewed = async (rows: readonly MonitorRow[]): Promise<readonly MonitorView[]> =>
    rows.map(await viewsOf(deps, deps.db.sql, rows));

  app.route({
    ...route(previewImport, async (request) => {
      const { text, format: asked } = request.body;
      const { id } = organisationOf(request);
      const read = await unreadable(() => readAny(deps, id, text, asked));
      const regions = (await deps.regions.list(deps.db.sql)).map((region) => region.id);
      const ground: Ground = { regions, policies: new Set(), parents: new Map(), dialRules: deps.dialRules };
      const stored = new Set((await all(deps, id, null)).map(sameKey));
      return { format: read.format, items: [...previewOf(read.entries, ground, stored)], notes: [...read.notes] };
    }),
    bodyLimit: longestBody,
  });
  app.route({
    ...route(createMonitors, async (request) => {
      const outcomes = await makeMany(deps, organisationOf(request).id, request.body.items);
      const views = await viewed(outcomes.flatMap(({ row }) => row ?? []));
      const byId = new Map(views.map((view) => [view.id, view]));
      return {
        items: outcomes.map(({ row, problem: why }) => ({ monitor: byId.get(row?.id ?? '') ?? null, problem: why })),
      };
    }),
    bodyLimit: longestBody,
  });
  app.route(
    route(exportMonitors, async (request, reply) => {
      const { format, monitorId } = request.query;
      const views = await viewed(await all(deps, organisationOf(request).id, monitorId ?? null));
      reply.header('content-disposition', `attachment; filename="farwatch-monitors.${format}"`);
      return reply.type(exportTypes[format]).send(exportText(views, format));
    }),
  );
};
