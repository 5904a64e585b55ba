import { t } from '@lingui/core/macro';
import { Input, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type KindProps, unchanged } from './kind-form.ts';

const Bot = ({ form, edited }: KindProps) => (
  <>
    <TextInput
      label={t`Channel`}
      placeholder={unchanged(edited) ?? '#ops'}
      description={t`Invite the bot there: /invite @farwatch`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data-autofocus
      {...form.getInputProps('channel')}
    />
    <PasswordInput
      label={t`Bot token`}
      placeholder={unchanged(edited) ?? 'xoxb-…'}
      description={t`Of your Slack app, under “OAuth & Permissions”; it needs the scope chat:write.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="off"
      {...form.getInputProps('token')}
    />
    <PasswordInput
      label={t`Signing secret`}
      placeholder={unchanged(edited)}
      description={t`For the Acknowledge button, under “Basic Information”. Without it messages have no buttons.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="off"
      {...form.getInputProps('signingSecret')}
    />
  </>
);

/** A bot can thread, update and carry buttons; an incoming webhook can only speak. */
export const SlackFields = ({ form, edited }: KindProps) => (
  <>
    <Input.Wrapper
      label={t`How it gets in`}
      labelElement="div"
      description={
        form.values.slackBy === 'bot'
          ? t`Has an Acknowledge button; the recovery updates and threads under the first message.`
          : t`One URL and no app of your own; messages have no buttons and no threads.`
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <SegmentedControl
        fullWidth
        aria-label={t`How it gets in`}
        data={[
          { value: 'bot', label: t`Bot` },
          { value: 'webhook', label: t`Incoming webhook` },
        ]}
        {...form.getInputProps('slackBy')}
      />
    </Input.Wrapper>
    {form.values.slackBy === 'bot' ? (
      <Bot form={form} edited={edited} />
    ) : (
      <TextInput
        label={t`Webhook URL`}
        type="url"
        placeholder="https://hooks.slack.com/services/…"
        {...form.getInputProps('webhookUrl')}
      />
    )}
  </>
);
