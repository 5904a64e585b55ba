import { type CheckResult, phaseOf, slotsBetween } from '@farwatch/domain';
import { type Findings, type History, time, type Watched } from './history.ts';
import type { Answer } from './sites.ts';

/** A clock of the probe's may be a little off the site's: both stand on one machine. */
const slackMs = 500;
/** What a killed probe had seen and not yet written: good looks wait up to a second for company. */
const unwrittenMs = 2_500;
/** A look out of turn may be asked for twice, when whoever took the first asking was killed: its key is the same. */
const askedAgainMs = 60_000;

const keyOf = ({ monitorId, region, family, scheduledAt }: CheckResult): string =>
  `${monitorId} ${region} ${family} ${scheduledAt}`;
const words = ({ region, trigger, scheduledAt, outcome }: CheckResult, site: string): string =>
  `${site} from ${region}, ${trigger} ${time(scheduledAt)}, ${outcome.verdict}`;

/** Slots that nothing is told of. */
export const holesIn = (
  { watched, results }: Pick<History, 'watched' | 'results'>,
  from: number,
  until: number,
): readonly string[] => {
  const told = new Set(results.map(({ monitorId, region, scheduledAt }) => `${monitorId} ${region} ${scheduledAt}`));
  return watched.flatMap(({ site, monitor: { id: monitorId, intervalMs, regions } }) =>
    regions.flatMap((region) =>
      slotsBetween(phaseOf({ monitorId, intervalMs, regions }, region), intervalMs, from, until)
        .filter((at) => !told.has(`${monitorId} ${region} ${at}`))
        .map((at) => `nothing is told of ${site} from ${region} at ${time(at)}`),
    ),
  );
};

const doubledIn = (results: readonly CheckResult[]): readonly string[] =>
  [...Map.groupBy(results, keyOf)].filter(([, same]) => same.length > 1).map(([key]) => `told twice: ${key}`);

const wasMade = ({ outcome }: CheckResult): boolean => outcome.verdict !== 'missed';
const fits = (answer: Answer, { startedAt, totalMs, status }: CheckResult): boolean =>
  answer.status === (status ?? 0) &&
  answer.at >= startedAt - slackMs &&
  answer.answeredAt <= startedAt + totalMs + slackMs;

/** Each look with the answer that it was about, one to one and in order of time. */
const pair = (looks: readonly CheckResult[], answers: readonly Answer[]) => {
  const left = answers.toSorted((a, b) => a.at - b.at);
  const unseen: CheckResult[] = [];
  for (const look of looks.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const at = left.findIndex((answer) => fits(answer, look));
    if (at < 0) unseen.push(look);
    else left.splice(at, 1);
  }
  return { unseen, untold: left };
};

type Untold = 'killed' | 'asked again' | 'lost';
const whyUntold = ({ at, answeredAt, region }: Answer, looks: readonly CheckResult[], { kills }: History): Untold => {
  if (kills.some((kill) => kill.region === region && kill.at >= at && kill.at - answeredAt < unwrittenMs))
    return 'killed';
  const asked = looks.some(
    ({ trigger, scheduledAt }) =>
      trigger !== 'schedule' && scheduledAt <= at + slackMs && at - scheduledAt < askedAgainMs,
  );
  return asked ? 'asked again' : 'lost';
};

const siteFaults = (history: History, { site, monitor }: Watched, region: string) => {
  const looks = history.results.filter((one) => one.monitorId === monitor.id && one.region === region && wasMade(one));
  const answers = history.answers.filter((one) => one.site === site && one.region === region);
  const { unseen, untold } = pair(looks, answers);
  const within = untold.filter(({ at }) => at > history.from && at <= history.until);
  const reasons = Map.groupBy(within, (answer) => whyUntold(answer, looks, history));
  return {
    killed: reasons.get('killed')?.length ?? 0,
    askedAgain: reasons.get('asked again')?.length ?? 0,
    faults: [
      ...unseen.map((look) => `the site knows nothing of it: ${words(look, site)}`),
      ...(reasons.get('lost') ?? []).map(
        ({ at, status }) => `seen and lost: ${site} from ${region} at ${time(at)}, ${status}`,
      ),
    ],
  };
};

/** Every slot is told of once; every look that is told of was made; every look that was made is told of, but for what died with its probe. */
export const lookFaults = (history: History): Findings => {
  const { results, watched, from, until, killCount } = history;
  const sites = watched.flatMap((one) => one.monitor.regions.map((region) => siteFaults(history, one, region)));
  const count = (verdict: string): number => results.filter(({ outcome }) => outcome.verdict === verdict).length;
  const killed = sites.reduce((all, site) => all + site.killed, 0);
  const askedAgain = sites.reduce((all, site) => all + site.askedAgain, 0);
  return {
    counts: {
      'looks told of': results.length,
      '  up': count('up'),
      '  down': count('down'),
      '  missed, their probe was killed': count('missed'),
      'looks made that died with their probe': killed,
      'looks made twice, asked for twice': askedAgain,
    },
    faults: [
      ...doubledIn(results),
      ...holesIn({ watched, results }, from, until),
      ...sites.flatMap(({ faults }) => faults),
      ...(askedAgain > killCount ? [`${askedAgain} looks made twice for ${killCount} kills`] : []),
    ],
  };
};
