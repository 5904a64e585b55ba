import { type LookAnswer, type LookRequest, look } from '@farwatch/checker';
import { type Diagnosis, diagnose, seenLook } from '@farwatch/diagnosis';
import { explain, type Outcome } from '@farwatch/domain';
import { parseCheck, usage } from './check-arguments.ts';
import { printable, printedDiagnosis } from './printed.ts';
import { toJson } from './wire.ts';

/** The only place it looks from. */
const here = 'here';

/** Without what may be secret: as the look itself tells of it, or without its query. */
const shownUrl = ({ url }: LookRequest, { details }: LookAnswer): string => {
  const asked = new URL(url);
  return details.hops[0]?.url ?? `${asked.origin}${asked.pathname}`;
};

const diagnosisOf = (request: LookRequest, answer: LookAnswer): Diagnosis => {
  const ref = { region: here, family: request.family ?? 'any', at: answer.startedAt };
  const seen = seenLook(answer, { ref, url: shownUrl(request, answer), method: request.method });
  return diagnose({
    ...{ host: new URL(request.url).hostname, look: seen, others: [], before: null, log: null, downForMs: null },
  });
};

/** An error behind a good status is none of a visitor's good answers; an old copy while the origin is away is one. */
const isWell = ({ verdict }: Outcome, { causes: [first], certainty }: Diagnosis): boolean =>
  verdict === 'up' && (certainty === 'open' || first?.cause === 'healthy' || first?.cause === 'healthy-stale');

const outcomeWords = (outcome: Outcome): string => {
  switch (outcome.verdict) {
    case 'down':
      return `down: ${explain(outcome.failure)}`;
    case 'degraded':
    case 'inconclusive':
      return `${outcome.verdict}: ${outcome.reason}`;
    case 'up':
    case 'missed':
      return outcome.verdict;
  }
};

const ms = (value: number | null): string | null => (value === null ? null : `${Math.round(value)} ms`);
const phasesOf = ({ phases, totalMs }: LookAnswer): string => {
  const { dnsMs, connectMs, tlsMs, firstByteMs, downloadMs } = phases;
  const named = { DNS: dnsMs, connect: connectMs, TLS: tlsMs, 'first byte': firstByteMs, download: downloadMs };
  const reached = Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [`${name} ${ms(value)}`]));
  return [...reached, `total ${ms(totalMs)}`].join(' · ');
};

const certificateOf = ({ details }: LookAnswer): readonly string[] => {
  const tls = details.hops.at(-1)?.tls;
  if (tls?.certificate == null) return [];
  const { endsAt, issuer } = tls.certificate;
  const end = endsAt === null ? 'of unknown end' : `until ${new Date(endsAt).toISOString().slice(0, 10)}`;
  return [`  certificate        ${end}, by ${issuer}${tls.error === null ? '' : `: ${tls.error}`}`];
};

/** How what the check's own rules refused can be looked at after all. */
const hintOf = ({ outcome }: LookAnswer): readonly string[] => {
  if (outcome.verdict !== 'down' || outcome.failure.kind !== 'network') return [];
  const { code } = outcome.failure;
  return code === 'ADDRESS_DENIED' || code === 'PORT_DENIED'
    ? ['', 'Private addresses and unusual ports are refused unless --allow opens their range (--allow 127.0.0.0/8).']
    : [];
};

const printedCheck = (request: LookRequest, answer: LookAnswer, diagnosis: Diagnosis): string => {
  const { status, remoteAddress, bytes, details } = answer;
  const facts = [
    ...(status === null ? [] : [`HTTP ${status}`]),
    ...(remoteAddress === null ? [] : [`from ${remoteAddress}`]),
    ...(bytes === null ? [] : [`${bytes} bytes`]),
  ];
  return printable(
    [
      `${shownUrl(request, answer)} is ${outcomeWords(answer.outcome)}`,
      ...(facts.length === 0 ? [] : [`  answer             ${facts.join(', ')}`]),
      `  times              ${phasesOf(answer)}`,
      ...certificateOf(answer),
      ...details.findings.map(({ text, code }) => `  finding            ${text} (${code})`),
      '',
      ...printedDiagnosis(diagnosis),
      ...hintOf(answer),
      '',
    ].join('\n'),
  );
};

/** What a command has to say, and the exit code it ends with. */
export type Told = Readonly<{ text: string; code: number }>;

/** One look from this machine: 0 when all is well, 1 when it is not. */
export const check = async (args: readonly string[]): Promise<Told> => {
  const wanted = parseCheck(args);
  if (wanted === 'help') return { text: `${usage}\n`, code: 0 };
  const { request, rules, json } = wanted;
  const answer = await look(request, rules);
  const diagnosis = diagnosisOf(request, answer);
  const { evidence = null, ...rest } = answer;
  const result = { url: shownUrl(request, answer), method: request.method, family: request.family, ...rest };
  return {
    text: json ? `${toJson({ result, evidence, diagnosis })}\n` : printedCheck(request, answer, diagnosis),
    code: isWell(answer.outcome, diagnosis) ? 0 : 1,
  };
};
