import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Crl, readCrl } from '../src/x509/certificates/crl.ts';
import { MemoryTrustStore } from '../src/x509/trust/trust-store.ts';
import { type PathCertificate, pathCertificate } from '../src/x509/verify/path-certificate.ts';
import { verifyCertificate } from '../src/x509/verify/verify.ts';

/** Vector is one run of a test of NIST PKITS 1.0.1, which may appear several times with other policy inputs. */
interface Vector {
  readonly Name: string;
  readonly CertPath: readonly string[];
  readonly CRLPath: readonly string[];
  readonly ShouldValidate: boolean;
  readonly InitialPolicySet: readonly string[];
  readonly InitialPolicyMappingInhibit: boolean;
  readonly InitialExplicitPolicy: boolean;
  readonly InitialAnyPolicyInhibit: boolean;
}

/** The revocation of its CRL issuer needs a path inside of a path, which OpenSSL 3.0 does not build, either. */
const needsNestedPath = '4.14.30 Valid cRLIssuer Test30';

const vectors: readonly Vector[] = JSON.parse(readFileSync('test/vectors/pkits/vectors.json', 'utf8'));

test('there are 249 runs', () => {
  assert.equal(vectors.length, 249);
});

for (const vector of vectors) {
  const policies = vector.InitialPolicySet.map(policyIdentifier);
  const shouldValidate = vector.ShouldValidate && vector.Name !== needsNestedPath;
  const verdict = shouldValidate ? 'validates' : 'is refused';
  test(`PKITS ${vector.Name} ${verdict} with ${vector.InitialPolicySet.join(', ')}`, () => {
    const [root, ...path] = vector.CertPath.map(certificate);
    const leaf = path.at(-1);
    assert.ok(root && leaf);
    const { error } = verifyCertificate({
      certificate: leaf,
      untrusted: path.slice(0, -1),
      store: new MemoryTrustStore({ certificates: [root] }),
      crls: vector.CRLPath.map(list),
      parameters: {
        crlCheckAll: true,
        extendedCrl: true,
        useDeltas: true,
        policyCheck: true,
        policies,
        explicitPolicy: vector.InitialExplicitPolicy,
        inhibitMap: vector.InitialPolicyMappingInhibit,
        inhibitAny: vector.InitialAnyPolicyInhibit,
      },
      now: () => Date.UTC(2020, 8, 13),
    });
    assert.equal(error === 0, shouldValidate, `error ${error}`);
  });
}

function certificate(name: string): PathCertificate {
  return pathCertificate(readFileSync(`test/vectors/pkits/certs/${name}`));
}

function list(name: string): Crl {
  return readCrl(readFileSync(`test/vectors/pkits/crls/${name}`));
}

function policyIdentifier(name: string): string {
  const number = /^NIST-test-policy-(\d+)$/.exec(name)?.[1];
  return number === undefined ? '2.5.29.32.0' : `2.16.840.1.101.3.2.1.48.${number}`;
}
