/**
 * Whether this browser has written down that monitor's page; run there (apps/web/src/api/kept-state.ts). Opening what is not
 * there yet would make it, empty, in the page's place.
 */
export const keeps = (id: string): string => `(async () => {
  const all = await indexedDB.databases();
  if (!all.some(({ name }) => name === 'keyval-store')) return false;
  return new Promise((done) => { indexedDB.open('keyval-store').onsuccess = ({ target: { result } }) => {
  const ask = result.transaction('keyval').objectStore('keyval').get('farwatch last state');
  ask.onsuccess = () => { result.close();
    done(ask.result?.state.queries.some(({ queryKey: [kind, key] }) => kind === 'monitor' && key === '${id}') ?? false); }; }; }); })()`;
