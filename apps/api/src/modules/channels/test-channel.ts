import type { ChannelTarget } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import { notFound, type ProblemError, problem } from '../../plugins/problems.ts';
import { type ChannelDeps, found, type Owned, type Writer } from './channel-deps.ts';
import { active, consentOf } from './consent.ts';
import { defaultName, refusalLookup, sameAddress, shownOf } from './describe-target.ts';
import { judgeTarget, judgeTemplate } from './judge-target.ts';
import { requireOffered } from './offered-kinds.ts';
import { storedTargetOf } from './seal-old.ts';
import { type StoredTarget, sealTarget } from './stored-target.ts';
import { silenceOf } from './switch-channel.ts';
import { untilNextTest } from './test-limit.ts';
import { requireVerifiedOwner } from './verified-owner.ts';
import type { ChannelRow } from './view.ts';

const tooManyTests = (waitMs: number): ProblemError =>
  problem(429, 'too-many-tests', 'Too many test messages were sent. Try again later.', undefined, {
    'retry-after': String(Math.ceil(waitMs / 1_000)),
  });

/** Sends it off; what a lost queue keeps back is found by the sweep. */
const sendOff = async ({ deliveryQueue, log }: ChannelDeps, deliveryId: string): Promise<string> => {
  try {
    await deliveryQueue.send({ deliveryId, attempt: 1 });
  } catch (err) {
    log.warn({ err, deliveryId }, 'a test message waits for the sweep: the queue is away');
  }
  return deliveryId;
};

/** Writes a test delivery to a channel and answers its id. */
export const testChannel = async (deps: ChannelDeps, owned: Owned): Promise<string> => {
  const now = Date.now();
  const deliveryId = newId();
  const { organisationId } = owned;
  await deps.db.transaction(async (tx) => {
    const { kind, target } = found(await deps.channels.find(tx, owned, false));
    await requireVerifiedOwner(tx, organisationId, kind);
    const waitMs = await untilNextTest(tx, { organisationId, channelId: owned.id, kind, target, now });
    const channel = found(await deps.channels.find(tx, owned, true));
    const silence = silenceOf(channel);
    if (silence !== null) throw silence;
    if (waitMs > 0) throw tooManyTests(waitMs);
    await deps.alerts.planTest(tx, { organisationId, deliveryId, channel, sealedTarget: null, now });
  });
  return sendOff(deps, deliveryId);
};

const consentNeeded = (detail: string) => problem(409, 'consent-needed', detail);

/** Whoever may write may also have any text signed by a test: at another origin that would not be the channel's own. */
const isElsewhere = (given: ChannelTarget, old: StoredTarget | null): boolean =>
  given.kind === 'webhook' && old?.kind === 'webhook' && URL.parse(given.url)?.origin !== URL.parse(old.url)?.origin;

type Changed = Readonly<{ row: ChannelRow; old: StoredTarget | null; kept: StoredTarget | null }>;

/**
 * The channel that is being changed, where it goes so far, and what of that a test may use. Throws 404 for another
 * organisation's or another kind's.
 */
const changedChannel = async (
  { db, channels, keyring }: ChannelDeps,
  owned: Owned,
  given: ChannelTarget,
): Promise<Changed> => {
  const row = found(await channels.find(db.sql, owned, false));
  if (row.kind !== given.kind) throw notFound('channel');
  const old = storedTargetOf(keyring, row);
  return { row, old, kept: isElsewhere(given, old) ? null : old };
};

/** Throws 409 where somebody has to agree first and has not. Whether they have agreed to the channel that is changed. */
const requireAgreed = (writer: Writer, target: StoredTarget, changed: Changed | null): boolean => {
  if (target.kind === 'telegram')
    throw consentNeeded('Save it first: a chat can be written to once somebody has pressed Start there.');
  if (target.kind !== 'email' || target.address.toLowerCase() === writer.account?.email.toLowerCase()) return false;
  if (changed === null || changed.old === null || !sameAddress(changed.old, target))
    throw consentNeeded('Save it first: the address is asked whether it wants messages, and can be tested then.');
  const silence = silenceOf(changed.row);
  if (silence !== null) throw silence;
  return true;
};

/**
 * Writes a test delivery to somewhere that isn't saved yet, and answers its id. Only who has agreed is written to.
 * `channelId`: what is given is a change of that channel, whose secrets fill what it leaves out.
 */
export const testTarget = async (
  deps: ChannelDeps,
  writer: Writer,
  given: ChannelTarget,
  channelId: string | null,
): Promise<string> => {
  const { db, config, dialRules, keyring, alerts } = deps;
  const organisationId = writer.organisation.id;
  requireOffered(given.kind, config);
  await judgeTemplate(given);
  const changed = channelId === null ? null : await changedChannel(deps, { organisationId, id: channelId }, given);
  const target = judgeTarget(given, dialRules, changed?.kept ?? null);
  const agreed = requireAgreed(writer, target, changed);
  const now = Date.now();
  const deliveryId = newId();
  const lookup = refusalLookup(config.secret, organisationId, target);
  await db.transaction(async (tx) => {
    const accountId = writer.account?.id ?? null;
    if (agreed) await requireVerifiedOwner(tx, organisationId, given.kind);
    const { status, statusReason } = agreed
      ? active
      : await consentOf(tx, { organisationId, accountId, target, lookup, now });
    if (status !== 'active') throw consentNeeded(`Nothing may be sent there: ${statusReason ?? status}.`);
    const place = { kind: given.kind, target: shownOf(target) };
    const waitMs = await untilNextTest(tx, { organisationId, channelId: null, ...place, now });
    if (waitMs > 0) throw tooManyTests(waitMs);
    const sealedTarget = sealTarget(keyring, { table: 'delivery', organisationId, rowId: deliveryId }, target);
    const channel = { id: null, name: defaultName(target), kind: target.kind };
    await alerts.planTest(tx, { organisationId, deliveryId, channel, sealedTarget, now });
  });
  return sendOff(deps, deliveryId);
};
