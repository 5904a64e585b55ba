/**
 * SQL that sets a row's `updated_at`: every change gets a later one, whatever the clock says, for it is the version that
 * If-Match and ETags go by.
 */
export const touched = `updated_at = greatest(date_trunc('milliseconds', now()), updated_at + interval '1 millisecond')`;
