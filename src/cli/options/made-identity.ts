import { signingKeyKinds } from '../../crypto/signing-keys.ts';
import type { ServerRow } from './row.ts';

/** Options about certificates that are made here, or found by the names that clients ask for. */
export const madeIdentity = [
  {
    name: 'mint',
    takes: 'words',
    words: signingKeyKinds,
    help: 'Make a certificate for whatever name is asked for, with these kinds of keys',
    effect: `every client gets a certificate for the server name that it asks for, or without one for the address that it has connected to, signed by an intermediate that is made for this run. The root is that of \`serverhello ca\`, or without it one in memory; its certificate is in a file that is named on stderr, and \`{ca}\` of a command. Kinds: ${signingKeyKinds.join(', ')}; of several each client gets the one that it can use, in its own order. Root and intermediate are P-256, or RSA where only RSA keys are asked for and no root is stored. Without a host in \`-accept\` the server listens on 127.0.0.1 (\`-accept '*:4433'\`: everywhere)`,
    default: 'p256',
    conflicts: `with -cert, -key, -dcert, -xcert, -nocert or -servername: "Can't use -mint with ...", exit 1; a kind that there is not, exit 1`,
    since: 'ours',
  },
] as const satisfies readonly ServerRow[];
