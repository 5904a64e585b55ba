export { type DiscordSettings, type DiscordTarget, discordNotifier, isDiscordWebhookUrl } from './discord.ts';
export * from './email.ts';
export { listMailFiles, type MailFile, type MailReader } from './mail-files.ts';
export * from './mailer.ts';
export * from './notifier.ts';
export { cut, escapeHtml, oneLine } from './plain-text.ts';
export { type SlackSettings, type SlackTarget, slackNotifier } from './slack.ts';
export {
  readSlackInteraction,
  type SlackInteraction,
  type SlackSigned,
  verifySlackSignature,
} from './slack-interaction.ts';
export * from './sms.ts';
export { type TelegramSettings, type TelegramTarget, telegramNotifier } from './telegram.ts';
export {
  readTelegramUpdate,
  type TelegramApi,
  type TelegramReply,
  type TelegramUpdate,
  telegramApi,
} from './telegram-updates.ts';
export * from './twilio-callbacks.ts';
export * from './voice.ts';
export * from './webhook.ts';
export { checkHeaders } from './webhook-headers.ts';
export { checkTemplate } from './webhook-template.ts';
