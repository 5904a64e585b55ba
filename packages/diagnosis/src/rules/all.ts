import { agreement } from './agreement.ts';
import { beforeRule } from './before.ts';
import { certificate } from './certificate.ts';
import { findings } from './findings.ts';
import { goodStatus } from './good-status.ts';
import { headers } from './headers.ts';
import { log } from './log.ts';
import { noAnswer } from './no-answer.ts';
import { paceRule } from './pace.ts';
import { pageWordsRule } from './page-words.ts';
import { relayed } from './relayed.ts';
import type { Rule } from './rule.ts';
import { saying } from './saying.ts';
import { slow } from './slow.ts';
import { status } from './status.ts';
import { timedOut } from './timed-out.ts';
import { twin } from './twin.ts';

/** In this order: the first that says something names the causes that can be. */
const openings: readonly Rule[] = [timedOut, certificate, noAnswer, findings, saying, status, slow, goodStatus];
/** All of these move them. */
const weighings: readonly Rule[] = [paceRule, pageWordsRule, relayed, headers, twin, agreement, beforeRule, log];

/** Every rule there is. */
export const rules: readonly Rule[] = [...openings, ...weighings];
