import { playStory } from './story.ts';

// npm run demo [-- --headed]: the whole story in about a minute, told line by line.

const begunAt = Date.now();
const tell = (line: string): void => {
  const seconds = ((Date.now() - begunAt) / 1_000).toFixed(1).padStart(5);
  process.stdout.write(`  ${seconds} s  ${line}\n`);
};
const seconds = (ms: number): string => `${(Math.abs(ms) / 1_000).toFixed(1)} s`;

try {
  const { incident, wentAt, cameAt, mails, secondFailureEndedAt } = await playStory({
    tell,
    headed: process.argv.includes('--headed'),
  });
  tell(
    `By its own clock the upstream died at ${new Date(wentAt).toISOString()}; the incident starts ${seconds(Date.parse(incident.startedAt) - wentAt)} after.`,
  );
  tell(
    `It listened again at ${new Date(cameAt).toISOString()}; the incident ends ${seconds(Date.parse(incident.resolvedAt ?? '') - cameAt)} after.`,
  );
  tell(`The mail was accepted ${seconds(mails[0].at - secondFailureEndedAt)} after the second failing check.`);
  for (const { region, code, startedAt, endedAt } of incident.spans)
    tell(`Span: ${code} in ${region} from ${startedAt} to ${endedAt}`);
  process.stdout.write(`\n${mails[0].parsed.text}\n`);
} catch (error) {
  console.error(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
