import { lookupOf, mailLookup } from './lookup.ts';
import type { StoredTarget } from './stored-target.ts';
import { type ChannelSettings, maskUrl } from './view.ts';

export const notLinked = 'not linked yet';

/** A target as people may see it. A linked Telegram chat is called by its title, which is learnt when it is linked. */
export const shownOf = (target: StoredTarget): string => {
  switch (target.kind) {
    case 'email':
      return target.address;
    case 'sms':
    case 'voice':
      return target.to;
    case 'slack':
      return target.mode === 'bot' ? target.channel : maskUrl(target.url);
    case 'discord':
    case 'webhook':
      return maskUrl(target.url);
    case 'telegram':
      return notLinked;
  }
};

const longestName = 200;

export const defaultName = (target: StoredTarget): string => {
  switch (target.kind) {
    case 'discord':
      return 'Discord';
    case 'telegram':
      return 'Telegram';
    case 'webhook':
      return (URL.parse(target.url)?.host ?? 'webhook').slice(0, longestName);
    case 'slack':
      return target.mode === 'bot' ? `Slack ${target.channel}`.slice(0, longestName) : 'Slack';
    case 'email':
    case 'sms':
    case 'voice':
      return shownOf(target).slice(0, longestName);
  }
};

export const settingsOf = (target: StoredTarget): ChannelSettings => {
  switch (target.kind) {
    case 'webhook':
      return { template: target.template, headerNames: Object.keys(target.headers) };
    case 'slack':
      return { mode: target.mode };
    default:
      return {};
  }
};

/** What a reply of this channel is found by; null where nobody replies. */
export const targetLookup = (secret: string, target: StoredTarget): Buffer | null => {
  switch (target.kind) {
    case 'sms':
    case 'voice':
      return lookupOf(secret, target.kind, target.to);
    case 'telegram':
      return target.chatId === null ? null : lookupOf(secret, target.kind, target.chatId);
    default:
      return null;
  }
};

/** What a refusal of whoever is there is kept under; null where nobody can refuse by itself. */
export const refusalLookup = (secret: string, organisationId: string, target: StoredTarget): Buffer | null =>
  target.kind === 'email' ? mailLookup(secret, organisationId, target.address) : targetLookup(secret, target);

/** Whether messages for one would reach the other: consent to one is consent to the other. */
export const sameAddress = (a: StoredTarget, b: StoredTarget): boolean => {
  switch (a.kind) {
    case 'email':
      return b.kind === 'email' && a.address.toLowerCase() === b.address.toLowerCase();
    case 'sms':
    case 'voice':
      return b.kind === a.kind && a.to === b.to;
    case 'telegram':
      return b.kind === 'telegram' && a.chatId === b.chatId;
    case 'slack':
      if (b.kind !== 'slack') return false;
      return a.mode === 'bot'
        ? b.mode === 'bot' && a.channel === b.channel && a.token === b.token
        : b.mode === 'webhook' && a.url === b.url;
    case 'discord':
    case 'webhook':
      return b.kind === a.kind && a.url === b.url;
  }
};
