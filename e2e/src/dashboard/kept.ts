/** Whether this browser has written down that monitor's page; run there (apps/web/src/api/kept-state.ts). */
export const keeps = (
  id: string,
): string => `new Promise((done) => { indexedDB.open('keyval-store').onsuccess = ({ target: { result } }) => {
  const ask = result.transaction('keyval').objectStore('keyval').get('farwatch last state');
  ask.onsuccess = () => { result.close();
    done(ask.result?.state.queries.some(({ queryKey: [kind, key] }) => kind === 'monitor' && key === '${id}') ?? false); }; }; })`;
