export { addressAllowed, type DialRules, hostAllowed, parseDialRules, portAllowed } from './addresses.ts';
export { guardedDispatcher } from './dispatcher.ts';
export { pathFault } from './json-path.ts';
export { type LookAnswer, look } from './look.ts';
export type { LookRequest } from './look-request.ts';
export { patternFault } from './pattern.ts';
export { headerIsOurs, type Method } from './question.ts';
export { resolversAllowed } from './resolvers.ts';
export { type NoAnswer, openThread, type ThreadBounds } from './thread.ts';
