import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, Name, strict, words } from './values.ts';

/** The lists that have views. */
const Place = words(['monitors', 'incidents']);
/** Alone: the person who saved it. Shared: everybody of the organisation. */
const Visibility = words(['private', 'shared']);
const ViewName = Name(60, ['Shops that fail']);
/** The list's search parameters, as they stand in the page's URL. */
const Search = Type.Record(Type.String({ pattern: '^[a-zA-Z]{1,40}$' }), Type.String({ maxLength: 500 }), {
  maxProperties: 20,
  additionalProperties: false,
  examples: [{ status: 'down', tag: 'shop' }],
});

/** At most so many of one person for one list. */
export const maxSavedViews = 50;

export const SavedViewView = Type.Object({
  id: Id,
  place: Place,
  name: Type.String(),
  search: Type.Record(Type.String(), Type.String()),
  visibility: Visibility,
  /** The list opens with it for the person who saved it. At most one for each list. */
  isDefault: Type.Boolean(),
  /** Whether the caller saved it, and so may change it. */
  own: Type.Boolean(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type SavedViewView = Static<typeof SavedViewView>;

const ground = { tag: 'saved-views' } as const;
const params = Type.Object({ viewId: Id });

export const listSavedViews = defineEndpoint({
  ...ground,
  method: 'GET',
  url: '/v1/saved-views',
  operationId: 'listSavedViews',
  summary: 'The caller’s own views of lists and the shared ones of the organisation, by name',
  access: 'read',
  schema: {
    querystring: Type.Object({ place: Type.Optional(Place) }),
    response: { 200: Type.Object({ items: Type.Array(SavedViewView) }) },
  },
});
export const createSavedView = defineEndpoint({
  ...ground,
  method: 'POST',
  url: '/v1/saved-views',
  operationId: 'createSavedView',
  summary: 'Save a view of a list under a name; for people, an API key has none',
  access: 'write',
  problems: [409],
  schema: {
    body: strict({
      place: Place,
      name: ViewName,
      search: Search,
      visibility: Type.Optional(Visibility),
      isDefault: Type.Optional(Type.Boolean()),
    }),
    response: { 201: SavedViewView },
  },
});
export const updateSavedView = defineEndpoint({
  ...ground,
  method: 'PATCH',
  url: '/v1/saved-views/:viewId',
  operationId: 'updateSavedView',
  summary: 'Rename an own view, change what it shows, who sees it, or whether the list opens with it',
  access: 'write',
  problems: [404, 409],
  schema: {
    params,
    body: strict({
      name: Type.Optional(ViewName),
      search: Type.Optional(Search),
      visibility: Type.Optional(Visibility),
      isDefault: Type.Optional(Type.Boolean()),
    }),
    response: { 200: SavedViewView },
  },
});
export const deleteSavedView = defineEndpoint({
  ...ground,
  method: 'DELETE',
  url: '/v1/saved-views/:viewId',
  operationId: 'deleteSavedView',
  summary: 'Delete an own view; the owner may delete a shared one of somebody else',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 204: Type.Null() } },
});
