import {
  type DiagnosisFeedback,
  deleteLog,
  getDiagnosis,
  getHandOver,
  giveDiagnosisFeedback,
  type IncidentLogView,
  listLogs,
  uploadLog,
} from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, callText, hrefOf } from '../../api/call.ts';

export const diagnosisQuery = (incidentId: string, version?: number) =>
  queryOptions({
    queryKey: ['incident-diagnosis', incidentId, version ?? 'newest'],
    queryFn: ({ signal }) =>
      call(getDiagnosis, { params: { incidentId }, query: version === undefined ? {} : { version } }, { signal }),
    placeholderData: (before) => before,
  });

export const logsQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['incident-logs', incidentId],
    queryFn: ({ signal }) => call(listLogs, { params: { incidentId } }, { signal }),
  });

/** Ten mebibytes over a slow line take their time. */
const uploadMs = 180_000;
/** Ends what is shown of an incident's diagnosis and logs, so that it is read anew. */
const useRenew = (incidentId: string) => {
  const client = useQueryClient();
  return async (): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['incident-diagnosis', incidentId] }),
      client.invalidateQueries({ queryKey: logsQuery(incidentId).queryKey }),
    ]);
  };
};

export type Upload = Readonly<{ text: Blob; name: string }>;
export const useUploadLog = (incidentId: string) => {
  const renew = useRenew(incidentId);
  return useMutation({
    mutationFn: ({ text, name }: Upload): Promise<IncidentLogView> =>
      call(uploadLog, { params: { incidentId }, query: { name } }, { text, within: uploadMs }),
    onSuccess: renew,
  });
};
export const useDeleteLog = (incidentId: string) => {
  const renew = useRenew(incidentId);
  return useMutation({
    mutationFn: (logId: string) => call(deleteLog, { params: { incidentId, logId } }),
    onSuccess: renew,
  });
};

export type Said = Readonly<{
  verdict: DiagnosisFeedback['verdict'];
  version: number;
  cause?: NonNullable<DiagnosisFeedback['cause']>;
  note?: string;
}>;
export const useSayOfDiagnosis = (incidentId: string) => {
  const renew = useRenew(incidentId);
  return useMutation({
    mutationFn: (said: Said) => call(giveDiagnosisFeedback, { params: { incidentId }, body: said }),
    onSuccess: renew,
  });
};

export const handOverText = (incidentId: string): Promise<string> =>
  callText(getHandOver, { params: { incidentId }, query: { format: 'text' } });
export const handOverLink = (incidentId: string, format: 'json' | 'text' | 'page'): string =>
  hrefOf(getHandOver, { params: { incidentId }, query: { format } });
