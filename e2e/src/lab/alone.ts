import { programsOf } from './behind-gateways.ts';
import { type GatewayName, startGateway, type Upstream, type Variety } from './gateways.ts';
import { type Behaviour, startOrigin } from './origins.ts';
import { type Scenario, type Stage, stageOf, type Truth } from './scenario.ts';

export type Plan = Readonly<{
  /** Behind it; default: nothing listens. */
  origin?: Behaviour;
  upstream?: Partial<Upstream>;
  variety?: Variety | ((port: number) => Variety);
  path?: string;
  request?: Stage['request'];
  /** Answers that are taken before the one that is looked at. */
  before?: number;
  isOpen?: boolean;
  /** Done once all has started. */
  prepared?: (url: string) => Promise<AsyncDisposable>;
}>;

/** The last lines of a log: what came before the look belongs to the setting up. */
const lastLines = 4;

/** One gateway with a configuration of its own. */
export const gate = (gateway: GatewayName, id: string, truth: Truth, plan: Plan = {}): Scenario => ({
  ...{ id: `${gateway}-${id}`, needs: programsOf(gateway), truth },
  ...(plan.isOpen === undefined ? {} : { isOpen: plan.isOpen }),
  stage: async () => {
    const { origin: behaviour = 'dead', upstream = {}, variety = {}, path = '/', request = {}, before = 0 } = plan;
    const origin = await startOrigin(behaviour);
    const { port } = origin;
    const set = typeof variety === 'function' ? variety(port) : variety;
    const started = await startGateway(gateway, { port, ...upstream }, set);
    const url = `http://127.0.0.1:${started.port}${path}`;
    for (let n = 0; n < before; n++)
      await fetch(url).then(
        (answer) => answer.text(),
        () => undefined,
      );
    const more = (await plan.prepared?.(url)) ?? { [Symbol.asyncDispose]: async () => undefined };
    const log = async (): Promise<string> => {
      const text = await started.log();
      return before === 0 ? text : text.trimEnd().split('\n').slice(-lastLines).join('\n');
    };
    return stageOf(url, [origin, started, more], { request, log });
  },
});

/** Whoever is named wrote it; what is broken is told beside. */
export const wrote = (who: Truth['wrote'], broke: Truth['broke'], ...causes: Truth['causes']): Truth => ({
  ...{ wrote: who, broke, causes },
});
