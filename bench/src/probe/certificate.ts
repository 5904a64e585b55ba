import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { program } from './program.ts';

const run = promisify(execFile);

export type SiteCertificate = Readonly<{ caFile: string; certFile: string; keyFile: string }>;

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const caExtensions = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'];
const siteExtensions =
  'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n';

/** An ECDSA P-256 certificate for localhost and 127.0.0.1 in `folder`, signed by an authority made beside it. */
export const makeCertificate = async (folder: string): Promise<SiteCertificate> => {
  const openssl = program('openssl', 'openssl');
  const at = (name: string): string => join(folder, name);
  const [caFile, caKey, certFile, keyFile] = [at('ca.pem'), at('ca.key'), at('site.pem'), at('site.key')];
  const ca = ['req', '-x509', ...newKey, '-keyout', caKey, '-out', caFile, '-days', '90', '-subj', '/CN=Bench CA'];
  await run(openssl, [...ca, ...caExtensions]);
  const asked = at('site.csr');
  await run(openssl, ['req', ...newKey, '-keyout', keyFile, '-out', asked, '-subj', '/CN=localhost']);
  await writeFile(at('site.ext'), siteExtensions);
  const sign = ['x509', '-req', '-in', asked, '-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-days', '90'];
  await run(openssl, [...sign, '-extfile', at('site.ext'), '-out', certFile]);
  return { caFile, certFile, keyFile };
};
