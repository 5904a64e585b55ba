import { beginReading as begin, type LogIncident, type Reading } from '@farwatch/diagnosis';

/** What a log is read against: an incident's moments and its failing checks. */
export type LogSettings = LogIncident;
export type BeginReading = (settings: LogSettings) => Reading;

export const beginReading: BeginReading = (incident) => begin({ incident });
