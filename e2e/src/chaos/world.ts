import type { StoredTarget } from '@farwatch/api/stored-target';
import type { Client } from 'pg';
import { type ProviderKind, type Providers, providerKinds } from './providers.ts';
import { addChannel, addOrganisation, type Organisation, type Place, webhookTarget } from './seed.ts';

/** `people`: few incidents of many monitors, told to every kind of channel. `programs`: a few that flap, told to webhooks. */
export type World = Readonly<{ people: readonly Organisation[]; programs: Organisation; places: readonly Place[] }>;
export type Size = Readonly<{ organisations: number; monitorsEach: number; flapping: number }>;

type Target = Readonly<{ target: StoredTarget; place: string }>;

const targetFor = (kind: ProviderKind, providers: Providers, channelId: string, nth: number): Target => {
  switch (kind) {
    case 'webhook': {
      const place = `/hook/${channelId}`;
      return { target: webhookTarget(`http://127.0.0.1:${providers.lines.webhook.port}${place}`), place };
    }
    case 'email': {
      const place = `${channelId}@ops.example`;
      return { target: { kind, address: place }, place };
    }
    case 'slack': {
      const { token } = providers.slack;
      return { target: { kind, mode: 'bot', token, channel: channelId, signingSecret: null }, place: channelId };
    }
    case 'discord':
      return { target: { kind, url: `${providers.discordUrl}?thread_id=${channelId}` }, place: channelId };
    case 'telegram': {
      const chatId = String(1_000 + nth);
      return { target: { kind, chatId }, place: chatId };
    }
  }
};

const addPlace = async (
  client: Client,
  providers: Providers,
  organisationId: string,
  kind: ProviderKind,
  nth: number,
) => {
  let place = '';
  const channelId = await addChannel(client, organisationId, (id) => {
    const made = targetFor(kind, providers, id, nth);
    place = made.place;
    return made.target;
  });
  return { channelId, kind, place };
};

export const makeWorld = async (client: Client, providers: Providers, size: Size): Promise<World> => {
  let count = 0;
  const names = (length: number): readonly string[] =>
    Array.from({ length }, () => `site${String(count++).padStart(4, '0')}`);
  const people: Organisation[] = [];
  const places: Place[] = [];
  for (let nth = 0; nth < size.organisations; nth++) {
    const organisation = await addOrganisation(client, names(size.monitorsEach));
    people.push(organisation);
    for (const kind of providerKinds) places.push(await addPlace(client, providers, organisation.id, kind, nth));
  }
  const programs = await addOrganisation(client, names(size.flapping));
  for (let nth = 0; nth < 2; nth++) places.push(await addPlace(client, providers, programs.id, 'webhook', nth));
  return { people, programs, places };
};
