import type { PrivateKey } from '../../crypto/signatures.ts';
import { publicKeyInfo } from '../../crypto/signing-keys.ts';
import { type Credential, credential } from '../files/credential.ts';
import { issueCertificate } from './certificate-recipe.ts';
import { hostName } from './host-name.ts';
import { type Authority, day, type Issuing, serverRecipe } from './profiles.ts';

export interface LeafMintOptions extends Pick<Issuing, 'random'> {
  /** Milliseconds since 1970. */
  now(): number;
  /** Signs the leaves. */
  readonly issuer: Authority;
  /** One of each kind, for all names; the first is preferred where the client does not care. */
  readonly keys: readonly PrivateKey[];
}

/** Minted is what there is under a name: a credential for each key. */
export type Minted = readonly Credential[];

/** Names that are kept; the one that was asked for longest ago makes room. */
const capacity = 1000;

/** Days after which a leaf is made anew, well before its end. */
const freshness = 7;

interface Kept {
  readonly minted: Minted;
  readonly until: number;
}

/** LeafMint makes a certificate for whatever name is asked for, at the first question. */
export class LeafMint {
  private readonly options: LeafMintOptions;
  private readonly keys: readonly { readonly info: Uint8Array; readonly credential: Credential }[];
  /** In the order of their last use. */
  private readonly kept = new Map<string, Kept>();

  /** @throws {LoadFailure} for a key that cannot sign in TLS */
  constructor(options: LeafMintOptions) {
    this.options = options;
    this.keys = options.keys.map((key) => ({ info: publicKeyInfo(key), credential: credential(key, []) }));
  }

  /** Number of names that are kept. */
  get size(): number {
    return this.kept.size;
  }

  /** mintFor returns the credentials for a host name or an address; undefined for what can be no name of a host. */
  mintFor(text: string): Minted | undefined {
    const known = this.fresh(text);
    if (known !== undefined) return known;
    const name = hostName(text);
    if (name === undefined) return undefined;
    return (name === text ? undefined : this.fresh(name)) ?? this.make(name, [name]);
  }

  /** mintForThisMachine returns those for a client that names nobody and comes by no address. */
  mintForThisMachine(): Minted {
    return this.fresh('') ?? this.make('', localNames);
  }

  private fresh(name: string): Minted | undefined {
    const found = this.kept.get(name);
    if (found === undefined) return undefined;
    this.kept.delete(name);
    if (found.until <= this.options.now()) return undefined;
    this.kept.set(name, found);
    return found.minted;
  }

  private make(asked: string, names: readonly string[]): Minted {
    const { issuer, random } = this.options;
    const now = this.options.now();
    const minted = this.keys.map(({ info, credential: ours }) => {
      const recipe = serverRecipe({ names, publicKeyInfo: info, now, random }, issuer);
      return { ...ours, chain: [issueCertificate(recipe), ...issuer.sent] };
    });
    this.kept.set(asked, { minted, until: now + freshness * day });
    const [oldest] = this.kept.keys();
    if (this.kept.size > capacity && oldest !== undefined) this.kept.delete(oldest);
    return minted;
  }
}

/** Names of this machine that every client knows. */
const localNames: readonly string[] = ['localhost', '127.0.0.1', '::1'];
