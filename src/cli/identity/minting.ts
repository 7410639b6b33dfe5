import { randomBytes } from '../../crypto/primitives/random.ts';
import { generateSigningKey, type SigningKey, type SigningKeyKind } from '../../crypto/signing-keys.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { TlsSocket } from '../../server/sockets/tls-socket.ts';
import { LeafMint, type Minted } from '../../x509/issue/leaf-mint.ts';
import {
  type Authority,
  intermediateAuthority,
  intermediateRecipe,
  rootAuthority,
  rootRecipe,
} from '../../x509/issue/profiles.ts';
import type { Identity } from '../credentials/identities.ts';
import { Stop } from '../output/stop.ts';

/** Minting makes the certificates of `-mint`. */
export interface Minting {
  readonly mint: LeafMint;
  /** DER of the root that clients have to trust. */
  readonly root: Uint8Array;
  /** One for each kind of key, as files would give them. */
  readonly identities: readonly Identity[];
}

/** minting makes all keys, before the server listens. `words`: the kinds, with blanks between. @throws {Stop} */
export async function minting(words: string): Promise<Minting> {
  const kinds = words === '' ? (['p256'] as const) : ([...new Set(words.split(' '))] as SigningKeyKind[]);
  const issuerKind = kinds.every((kind) => kind.startsWith('rsa')) ? 'rsa' : 'p256';
  const [rootKey, intermediateKey, ...leafKeys] = await Promise.all([
    newKey(issuerKind),
    newKey(issuerKind),
    ...kinds.map(newKey),
  ]);
  const issuing = { now: Date.now(), random: randomBytes };
  const name = 'serverhello root for one run';
  const root = rootAuthority(rootKey.key, rootRecipe(rootKey.key, { ...issuing, name }));
  const issuer = runAuthority(intermediateKey, root);
  const mint = new LeafMint({ issuer, keys: leafKeys.map(({ key }) => key), now: Date.now, random: randomBytes });
  return { mint, root: root.certificate, identities: mint.mintForThisMachine().map(identityOf) };
}

/** runAuthority is the intermediate of this run. */
function runAuthority({ key }: SigningKey, root: Authority): Authority {
  const about = { name: 'serverhello intermediate', now: Date.now(), random: randomBytes };
  return intermediateAuthority(key, intermediateRecipe(key, root, about), root);
}

/** withMinted chooses the certificates by the client's server name, or by the address that it has connected to. */
export function withMinted(settings: Settings, { mint }: Minting): Settings {
  const named: Settings = {
    ...settings,
    credentialsFor: (name, connection) =>
      mintedFor(mint, name) ?? mintedFor(mint, addressOf(connection)) ?? mint.mintForThisMachine(),
  };
  return { ...named, serverName: (name) => (mint.mintFor(name) === undefined ? undefined : named) };
}

function mintedFor(mint: LeafMint, name: string | undefined): Minted | undefined {
  return name === undefined ? undefined : mint.mintFor(name);
}

function addressOf(connection: object | undefined): string | undefined {
  return connection instanceof TlsSocket ? connection.localAddress : undefined;
}

async function newKey(kind: SigningKeyKind): Promise<SigningKey> {
  const key = await generateSigningKey(kind, randomBytes);
  if (key === undefined) throw new Stop(`s_server: -mint: this Node.js has no keys of kind ${kind}\n`);
  return key;
}

function identityOf({ key, chain: [certificate, ...chain] }: Minted[number]): Identity {
  if (certificate === undefined) throw new Error('a credential without a certificate');
  return { key, certificate, chain };
}
