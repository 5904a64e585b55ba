import { randomBytes } from 'node:crypto';
import type { BodyOf, ChannelTarget, createChannel as createChannelEndpoint, updateChannel } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import { invalidField, notFound, type ProblemError, problem } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { judgeUrl } from '../monitors/judge-url.ts';
import { untilNextTest } from './test-limit.ts';
import type { ChannelRow } from './view.ts';

export type ChannelDeps = Pick<
  ModuleDeps,
  'db' | 'channels' | 'deliveries' | 'alerts' | 'deliveryQueue' | 'dialRules' | 'log' | 'limits'
>;
type Owned = Readonly<{ organisationId: string; id: string }>;

/** Standard Webhooks' spelling of 24 random bytes. */
const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

/** Where a channel goes to, judged. A webhook is dialled from our side, so its URL is held to the monitors' rules. */
const addressOf = ({ dialRules }: Pick<ModuleDeps, 'dialRules'>, target: ChannelTarget): string => {
  if (target.kind === 'email') return target.address;
  const judged = judgeUrl(target.url, dialRules, '/target/url');
  if (!judged.ok) throw invalidField(judged.fault.pointer, judged.fault.code, judged.fault.detail);
  return judged.url.href;
};

const longestName = 200;
const defaultName = (kind: ChannelTarget['kind'], address: string): string =>
  (kind === 'email' ? address : (URL.parse(address)?.host ?? 'webhook')).slice(0, longestName);

/** Stores a channel; the signing secret of a webhook is answered this once. */
export const createChannel = async (
  deps: ChannelDeps,
  organisationId: string,
  { name, target }: BodyOf<typeof createChannelEndpoint>,
): Promise<Readonly<{ row: ChannelRow; secret: string | null }>> => {
  const { kind } = target;
  const address = addressOf(deps, target);
  const secret = kind === 'webhook' ? newSecret() : null;
  const named = name ?? defaultName(kind, address);
  const channel = { id: newId(), organisationId, name: named, kind, target: address, secret };
  const limit = deps.limits.channelsPerOrganisation;
  const row = await deps.db.transaction((tx) => deps.channels.insert(tx, channel, limit));
  if (row === null) throw problem(409, 'channel-limit', `An organisation can have at most ${limit} channels.`);
  return { row, secret };
};

/** Renames a channel or points it elsewhere. `match` is called with the channel as it is and may refuse. */
export const changeChannel = (
  deps: ChannelDeps,
  owned: Owned,
  { name, target }: BodyOf<typeof updateChannel>,
  match: (before: ChannelRow) => void,
): Promise<ChannelRow> =>
  deps.db.transaction(async (tx) => {
    const before = await deps.channels.find(tx, owned, true);
    if (before === null) throw notFound('channel');
    match(before);
    if (name === undefined && target === undefined) return before;
    if (target !== undefined && target.kind !== before.kind)
      throw invalidField('/target/kind', 'channel-kind-fixed', `This is a channel of the kind ${before.kind}.`);
    const address = target === undefined ? before.target : addressOf(deps, target);
    return deps.channels.update(tx, { id: owned.id, name: name ?? before.name, target: address });
  });

const tooManyTests = (waitMs: number): ProblemError =>
  problem(429, 'too-many-tests', 'Too many test messages were sent. Try again later.', undefined, {
    'retry-after': String(Math.ceil(waitMs / 1_000)),
  });

/** Writes a test delivery and sends it off; what a lost queue keeps back is found by the sweep. Answers its id. */
export const testChannel = async (deps: ChannelDeps, owned: Owned): Promise<string> => {
  const now = Date.now();
  const deliveryId = await deps.db.transaction(async (tx) => {
    const waitMs = await untilNextTest(tx, { organisationId: owned.organisationId, channelId: owned.id, now });
    const channel = await deps.channels.find(tx, owned, true);
    if (channel === null) throw notFound('channel');
    if (waitMs > 0) throw tooManyTests(waitMs);
    return deps.alerts.planTest(tx, channel, now);
  });
  try {
    await deps.deliveryQueue.send({ deliveryId, attempt: 1 });
  } catch (err) {
    deps.log.warn({ err, deliveryId }, 'a test message waits for the sweep: the queue is away');
  }
  return deliveryId;
};
