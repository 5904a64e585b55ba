import { advise } from './answer/advise.ts';
import { searchNote } from './answer/search-note.ts';
import { visitorSentence } from './answer/visitor.ts';
import type { Case } from './case.ts';
import { type Cause, causeFacts, type HopWord } from './causes.ts';
import type { Certainty, Diagnosis, EvidenceItem, RankedCause } from './diagnosis.ts';
import { factsOf } from './facts.ts';
import { type Found, weigh } from './weigh.ts';

const shown = 0.02;
const most = 12;
const sure = 0.9;

const rank = (share: ReadonlyMap<Cause, number>): readonly RankedCause[] => {
  const all = [...share].sort(([, a], [, b]) => b - a);
  const kept = all.filter(([, each], n) => n === 0 || each >= shown).slice(0, most);
  return kept.map(([cause, confidence]) => ({ cause, confidence, ...causeFacts[cause] }));
};

const brokeOf = (ranked: readonly RankedCause[]): Diagnosis['broke'] => {
  const sums = new Map<HopWord, number>();
  for (const { hop, confidence } of ranked) sums.set(hop, (sums.get(hop) ?? 0) + confidence);
  const [best] = [...sums].sort(([, a], [, b]) => b - a);
  return best === undefined ? { hop: 'unknown', confidence: 0 } : { hop: best[0], confidence: Math.min(1, best[1]) };
};

const itemOf = ({ rule, text, weights, look = null }: Found): EvidenceItem => {
  const named = Object.entries(weights) as [Cause, number][]; // keys of Weights
  const pick = (wanted: (weight: number) => boolean): readonly Cause[] =>
    named.filter(([, weight]) => wanted(weight)).map(([cause]) => cause);
  return {
    id: rule.id,
    text,
    look,
    speaksFor: pick((weight) => weight > 1),
    speaksAgainst: pick((weight) => weight < 1),
  };
};

const certaintyOf = ([first]: readonly RankedCause[], confirmed: boolean): Certainty => {
  if (confirmed) return 'confirmed';
  return (first?.confidence ?? 0) >= sure ? 'probable' : 'open';
};

/** Says who wrote, who broke and why. The same case gives the same answer. */
export const diagnose = (seen: Case): Diagnosis => {
  const facts = factsOf(seen);
  const { found, share } = weigh(facts);
  const ranked = rank(share);
  const first = ranked[0]?.cause ?? 'healthy';
  return {
    version: 1,
    wroteBy: facts.speaker.wroteBy,
    chain: facts.speaker.chain,
    requestIds: facts.speaker.requestIds,
    broke: brokeOf(ranked),
    causes: ranked,
    certainty: certaintyOf(
      ranked,
      found.some(({ rule }) => rule.id === 'log'),
    ),
    summary: ranked[0]?.words ?? '',
    evidence: found.map(itemOf),
    ...advise(ranked, facts),
    visitor: visitorSentence(first, seen.host),
    searchNote: searchNote(seen.downForMs),
  };
};
