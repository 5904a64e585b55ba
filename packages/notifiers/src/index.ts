export * from './email.ts';
export { listMailFiles, type MailFile, type MailReader } from './mail-files.ts';
export * from './mailer.ts';
export * from './notifier.ts';
export { cut, escapeHtml, oneLine } from './plain-text.ts';
export * from './webhook.ts';
export { checkHeaders } from './webhook-headers.ts';
export { checkTemplate } from './webhook-template.ts';
