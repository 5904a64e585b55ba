/** The message within a container's JSON (`{"log":"…\n","stream":"stderr",…}`), or the line itself. */
const fromJson = (text: string): string => {
  if (!text.startsWith('{') || text.startsWith('{"level"')) return text;
  const found = /"(?:log|message|MESSAGE|msg)"\s?:\s?"((?:[^"\\]|\\.){1,16000})"/u.exec(text)?.[1];
  if (found === undefined) return text;
  try {
    const inner: unknown = JSON.parse(`"${found}"`);
    return typeof inner === 'string' ? inner.trimEnd() : text;
  } catch {
    return text;
  }
};

/** What a runtime puts before a line: `2026-11-28T04:43:01.123456789Z stderr F `. */
const runtime = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,20}(?:Z|[+-]\d{2}:\d{2}) (?:stdout|stderr) [FP] /u;

const esc = String.fromCharCode(27);
const colours = new RegExp(`${esc}\\[[\\d;]{0,20}[mK]`, 'gu');
/** Without what colours it in a terminal. */
const plain = (text: string): string => (text.includes(esc) ? text.replace(colours, '') : text);

/** A line as the program wrote it. */
export const unwrap = (coloured: string): string => {
  const line = plain(coloured);
  const text = line.charCodeAt(0) === 123 ? plain(fromJson(line)) : line;
  return runtime.test(text.slice(0, 60)) ? text.replace(runtime, '') : text;
};
