import { detect, fiveRegions } from './detection.ts';
import { mailFigures } from './detection-figures.ts';
import type { Figure } from './report.ts';

export const name = 'detection-mail';

const organisations = 30;

/** How soon an outage is in the hands of a mail server: an organisation each, since news of one is told together. */
export const run = async (): Promise<readonly Figure[]> => {
  const round = { regions: fiveRegions, agree: 'majority', monitors: organisations, outagesEach: 1 } as const;
  const { made, mailed } = await detect({ ...round, organisations });
  return mailFigures(made, mailed, `${organisations} organisations, ${fiveRegions.length} regions`);
};
