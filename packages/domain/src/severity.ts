/** How bad a piece of news is: what quiet hours let through is decided by it. The vocabulary is closed. */
export const severities = ['degraded', 'down', 'certificate-expiring', 'monitoring-stopped', 'region-dark'] as const;
export type Severity = (typeof severities)[number];
