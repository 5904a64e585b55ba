import { Input, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type KindProps, unchanged } from './kind-form.ts';

const Bot = ({ form, edited }: KindProps) => (
  <>
    <TextInput
      label="Channel"
      placeholder={unchanged(edited) ?? '#ops'}
      description="Invite the bot there: /invite @farwatch"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data-autofocus
      {...form.getInputProps('channel')}
    />
    <PasswordInput
      label="Bot token"
      placeholder={unchanged(edited) ?? 'xoxb-…'}
      description="Of your Slack app, under “OAuth & Permissions”; it needs the scope chat:write."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="off"
      {...form.getInputProps('token')}
    />
    <PasswordInput
      label="Signing secret"
      placeholder={unchanged(edited)}
      description="For the Acknowledge button, under “Basic Information”. Without it messages have no buttons."
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
      label="How it gets in"
      labelElement="div"
      description={
        form.values.slackBy === 'bot'
          ? 'Has an Acknowledge button; the recovery updates and threads under the first message.'
          : 'One URL and no app of your own; messages have no buttons and no threads.'
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <SegmentedControl
        fullWidth
        aria-label="How it gets in"
        data={[
          { value: 'bot', label: 'Bot' },
          { value: 'webhook', label: 'Incoming webhook' },
        ]}
        {...form.getInputProps('slackBy')}
      />
    </Input.Wrapper>
    {form.values.slackBy === 'bot' ? (
      <Bot form={form} edited={edited} />
    ) : (
      <TextInput
        label="Webhook URL"
        type="url"
        placeholder="https://hooks.slack.com/services/…"
        {...form.getInputProps('webhookUrl')}
      />
    )}
  </>
);
