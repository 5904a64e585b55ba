export { type Certificate, type CertificateOptions, selfMadeCertificate } from './certificate.ts';
export { type Child, startChild } from './child.ts';
export { type DiscordCall, type DiscordPayload, type DiscordStandIn, startDiscordStandIn } from './discord-stand-in.ts';
export { freePort } from './free-port.ts';
export { emptyDatabase, freshDatabase } from './fresh-database.ts';
export {
  type Inbox,
  type InboxAnswer,
  type InboxMail,
  type InboxOptions,
  type InboxRefusal,
  startInbox,
} from './inbox.ts';
export { type NameAnswer, type NameServer, startNameServer } from './name-server.ts';
export { corpusThere, isName, naughtyTexts } from './naughty-texts.ts';
export { needs } from './needs.ts';
export { programOnPath } from './on-path.ts';
export {
  type Authority,
  type Issued,
  type IssueOptions,
  opensslAvailable,
  startAuthority,
  startOpensslServer,
} from './openssl.ts';
export { ownNetworkAvailable, runInOwnNetwork } from './own-network.ts';
export { postfixAvailable, startPostfix } from './postfix.ts';
export { startPostgres, type TestPostgres } from './postgres.ts';
export { redisAvailable, startRedis, type TestRedis } from './redis.ts';
export { type SlackCall, type SlackStandIn, startSlackStandIn } from './slack-stand-in.ts';
export {
  startHttp2Target,
  startRawTarget,
  startTarget,
  startTlsTarget,
  type Target,
  type TlsTarget,
} from './target.ts';
export { startTelegramStandIn, type TelegramCall, type TelegramStandIn, telegramShown } from './telegram-stand-in.ts';
export { startTwilioStandIn, type TwilioAnswer, type TwilioRequest, type TwilioStandIn } from './twilio-stand-in.ts';
export { startUnaccepting } from './unaccepting.ts';
export { verifyCall } from './verify-call.ts';
export { waitUntil } from './wait-until.ts';
export { startWebhookSink, type WebhookAnswer, type WebhookCall, type WebhookSink } from './webhook-sink.ts';
