export * from './check-result.ts';
export * from './expected-statuses.ts';
export * from './incident.ts';
export * from './monitor-state.ts';
export * from './monitor-url.ts';
export type { SpanEffect } from './observe.ts';
export * from './schedule.ts';
