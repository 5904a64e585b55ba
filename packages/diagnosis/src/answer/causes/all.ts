import type { Cause } from '../../causes.ts';
import type { CauseHelp } from '../help.ts';
import { answerCauses } from './answer.ts';
import { connectionCauses } from './connection.ts';
import { gatewayCauses } from './gateway.ts';
import { nameCauses } from './name-and-certificate.ts';
import { refusedCauses } from './refused.ts';

/** What is said of every cause there is. */
export const helpOf: Readonly<Record<Cause, CauseHelp>> = {
  ...connectionCauses,
  ...answerCauses,
  ...gatewayCauses,
  ...refusedCauses,
  ...nameCauses,
};
