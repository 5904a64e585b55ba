/** Paths that the server answers by itself, and not with the dashboard. */
export const served = /^\/(v1|docs|openapi\.json|healthz|readyz|metrics)(\/|\?|$)/u;
