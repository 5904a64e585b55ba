import type { Rule } from './rule.ts';
import { saying } from './saying.ts';

/** Every rule there is. The first `opening` rule that says something names the causes; all `weighing` ones move them. */
export const rules: readonly Rule[] = [saying];
