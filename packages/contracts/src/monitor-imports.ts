import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { MonitorView, NewMonitor } from './monitors.ts';
import { Id, nullable, strict, words } from './values.ts';

/** The most monitors that one text may hold, and that one call makes. */
export const mostImported = 1_000;
/** The longest text, in characters. */
export const longestImport = 2_000_000;

/** How a text is to be read; `auto` looks at it. `sitemap`: the text is the address of one, or of its site; a probe reads it. */
export const ImportFormat = words(['auto', 'lines', 'csv', 'uptime-kuma', 'yaml', 'sitemap']);
export type ImportFormat = Static<typeof ImportFormat>;

/** What one entry of the text would become. */
export const ImportItem = Type.Object({
  /** Where it stands: a line, or an entry, counted from 1. */
  at: Type.Integer({ minimum: 1 }),
  /** What it is called there. */
  name: Type.String(),
  /** What would be made; null where it can't be. */
  monitor: nullable(NewMonitor),
  /** It was switched off there, and would be made paused. */
  paused: Type.Boolean(),
  /** The same method and URL as a monitor that is there already, or as an earlier entry. */
  duplicate: nullable(words(['stored', 'text'])),
  /** Why it can't be. */
  fault: nullable(Type.String()),
  /** What it had there that is left behind. */
  notes: Type.Array(Type.String()),
});
export type ImportItem = Static<typeof ImportItem>;

export const previewImport = defineEndpoint({
  method: 'POST',
  url: '/v1/monitor-imports/preview',
  operationId: 'previewImport',
  summary: 'Read a list of URLs, CSV, an Uptime Kuma backup, our own YAML or a sitemap; nothing is stored',
  tag: 'monitors',
  access: 'write',
  problems: [422, 429, 503],
  schema: {
    body: strict({
      format: ImportFormat,
      text: Type.String({ minLength: 1, maxLength: longestImport, examples: ['https://example.com/\nshop.example'] }),
    }),
    response: {
      200: Type.Object({
        /** How it was read. */
        format: words(['lines', 'csv', 'uptime-kuma', 'yaml', 'sitemap']),
        items: Type.Array(ImportItem, { maxItems: mostImported }),
        /** What of the whole was left behind. */
        notes: Type.Optional(Type.Array(Type.String())),
      }),
    },
  },
});

export const createMonitors = defineEndpoint({
  method: 'POST',
  url: '/v1/monitors/batch',
  operationId: 'createMonitors',
  summary: 'Watch many URLs; each is made or refused for itself, answered in order',
  tag: 'monitors',
  access: 'write',
  schema: {
    body: strict({
      items: Type.Array(strict({ monitor: NewMonitor, paused: Type.Optional(Type.Boolean()) }), {
        minItems: 1,
        maxItems: mostImported,
      }),
    }),
    response: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({
            /** Null where it was refused. */
            monitor: nullable(MonitorView),
            problem: nullable(Type.Object({ status: Type.Integer(), code: Type.String(), detail: Type.String() })),
          }),
        ),
      }),
    },
  },
});

export const exportMonitors = defineEndpoint({
  method: 'GET',
  url: '/v1/monitors/export',
  operationId: 'exportMonitors',
  summary: 'Every monitor as a file that can be imported again; no secrets are in it',
  tag: 'monitors',
  access: 'read',
  schema: {
    querystring: Type.Object({
      format: Type.Enum(['yaml', 'csv', 'json'], { default: 'yaml' }),
      monitorId: Type.Optional(Type.Array(Id, { maxItems: 1_000 })),
    }),
    response: { 200: Type.String({ description: 'application/yaml, text/csv or application/json, as asked for' }) },
  },
});
