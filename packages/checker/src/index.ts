export { addressAllowed, type DialRules, hostAllowed, parseDialRules, portAllowed } from './addresses.ts';
export { guardedDispatcher } from './dispatcher.ts';
export { type LookAnswer, type LookRequest, look } from './look.ts';
