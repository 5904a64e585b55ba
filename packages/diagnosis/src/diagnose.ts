import { advise } from './answer/advise.ts';
import { searchNote } from './answer/search-note.ts';
import { summaryOf } from './answer/summary.ts';
import { visitorSentence } from './answer/visitor.ts';
import type { Case } from './case.ts';
import { type Cause, causeFacts, type HopWord } from './causes.ts';
import type { Certainty, Diagnosis, EvidenceItem, RankedCause } from './diagnosis.ts';
import { factsOf } from './facts.ts';
import { hopOf } from './hop-of.ts';
import type { Facts } from './rules/rule.ts';
import { type Found, weigh } from './weigh.ts';

/** Smaller shares are not worth a line, except the first. */
const shown = 0.015;
const most = 14;
/** From outside nothing is certain; a log line comes near to it. */
const surest = { outside: 0.97, log: 0.995 } as const;
const standsOut = 0.6;

const rank = (share: ReadonlyMap<Cause, number>, facts: Facts, cap: number): readonly RankedCause[] => {
  const all = [...share].sort(([, a], [, b]) => b - a);
  return all
    .filter(([, each], n) => n === 0 || each >= shown)
    .slice(0, most)
    .map(([cause, each]) => ({
      ...{ cause, hop: hopOf(cause, facts), words: causeFacts[cause].words },
      confidence: Math.round(Math.min(each, cap) * 1_000) / 1_000,
    }));
};

/** The hop that most of the causes' shares lie at. */
const brokeOf = (ranked: readonly RankedCause[]): Diagnosis['broke'] => {
  const sums = new Map<HopWord, number>();
  for (const { hop, confidence } of ranked) sums.set(hop, (sums.get(hop) ?? 0) + confidence);
  const [best] = [...sums].sort(([, a], [, b]) => b - a);
  if (best === undefined) return { hop: 'unknown', confidence: 0 };
  return { hop: best[0], confidence: Math.round(Math.min(1, best[1]) * 1_000) / 1_000 };
};

const itemOf = ({ rule, text, weights, look = null }: Found): EvidenceItem => {
  const named = Object.entries(weights) as [Cause, number][]; // keys of Weights
  const pick = (wanted: (weight: number) => boolean): readonly Cause[] =>
    named.filter(([, weight]) => wanted(weight)).map(([cause]) => cause);
  const speaksFor = rule.part === 'opening' ? pick(() => true) : pick((weight) => weight > 1);
  return {
    id: rule.id,
    text,
    look,
    speaksFor,
    speaksAgainst: rule.part === 'opening' ? [] : pick((weight) => weight < 1),
  };
};

const saysLog = ({ rule }: Found): boolean => rule.id === 'log';
const certaintyOf = ([first]: readonly RankedCause[], hasLog: boolean): Certainty => {
  const confidence = first?.confidence ?? 0;
  if (hasLog && confidence >= 0.9) return 'confirmed';
  return confidence >= standsOut ? 'probable' : 'open';
};

/** Who wrote it, as evidence: it moved the causes by what that product means by such an answer. */
const writerItem = ({ speaker: { wroteBy, because }, seen: { look } }: Facts): readonly EvidenceItem[] =>
  wroteBy.product === null || wroteBy.product === 'unknown'
    ? []
    : [
        {
          id: 'writer',
          text: `${wroteBy.name} wrote this answer: ${because.join(', ')}`,
          speaksFor: [],
          speaksAgainst: [],
          look: look.ref,
        },
      ];

const nobodyKnown: Diagnosis['wroteBy'] = { product: 'unknown', name: 'unknown', hop: 'unknown', confidence: 0 };
/** Where nothing was looked at, as with a log alone, that no answer is here does not say that there was none. */
const wroteByOf = ({ seen: { look }, speaker }: Facts): Diagnosis['wroteBy'] =>
  look.answer === null && look.failure === null ? nobodyKnown : speaker.wroteBy;

/** Says who wrote, who broke and why. Pure: the same case gives the same answer. */
export const diagnose = (seen: Case): Diagnosis => {
  const facts = factsOf(seen);
  const { found, share } = weigh(facts);
  const hasLog = found.some(saysLog);
  const ranked = rank(share, facts, hasLog ? surest.log : surest.outside);
  const [first] = ranked;
  return {
    version: 1,
    wroteBy: wroteByOf(facts),
    chain: facts.speaker.chain,
    requestIds: facts.speaker.requestIds,
    broke: brokeOf(ranked),
    causes: ranked,
    certainty: certaintyOf(ranked, hasLog),
    summary: summaryOf(ranked, facts),
    evidence: [...writerItem(facts), ...found.map(itemOf)],
    ...advise(ranked, facts),
    visitor: visitorSentence(first?.cause ?? 'healthy', seen.host),
    searchNote: searchNote(seen.downForMs, seen.before?.incidents.length ?? 0),
  };
};
