export * from './check-result.ts';
export * from './expected-statuses.ts';
export * from './monitor-url.ts';
export * from './schedule.ts';
