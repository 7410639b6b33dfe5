import { toPem } from '../../bytes/pem.ts';
import type { ListenAddress } from '../../server/listening/listener.ts';
import { fingerprint } from '../../x509/issue/self-signed.ts';
import { target } from '../credentials/self-made-identity.ts';
import type { Minting } from './minting.ts';
import type { RunFolder } from './run-folder.ts';

/** mintHints prints what a client has to trust, in a file of the run. */
export function mintHints({ root }: Minting, address: ListenAddress, folder: RunFolder): string {
  const file = folder.write('root.pem', toPem('CERTIFICATE', root));
  return [
    `Certificates are made for whatever name is asked for; their root, made for this run: ${file}\n`,
    `SHA-256 fingerprint ${fingerprint(root)}\n`,
    `curl --cacert ${file} ${target(address)}\n`,
  ].join('');
}
