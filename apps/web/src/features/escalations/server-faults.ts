import type { CallError } from '../../api/call-error.ts';

const field = (pointer: string): string | null => {
  const target = /^\/steps\/(\d+)\/targets\/(\d+)(?:\/(\w+))?/u.exec(pointer);
  if (target !== null)
    return `steps.${target[1]}.targets.${target[2]}.${target[3] === 'channelKinds' ? 'kinds' : 'who'}`;
  const step = /^\/steps\/(\d+)(?:\/|$)/u.exec(pointer);
  if (step !== null) return `steps.${step[1]}.waitMs`;
  const own = /^\/(name|tags|repeatTimes|repeatAfterMs|remindEveryMs)(?:\/|$)/u.exec(pointer);
  return own?.[1] ?? null;
};

/** What the server says of fields: by the form's paths, and what no field can show. */
export const serverFaults = ({ faults }: Pick<CallError, 'faults'>) => {
  const placed: Record<string, string> = {};
  const rest: string[] = [];
  for (const [pointer, detail] of Object.entries(faults)) {
    const path = field(pointer);
    if (path === null) rest.push(detail);
    else placed[path] = detail;
  }
  return { placed, rest };
};
