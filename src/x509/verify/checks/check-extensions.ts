import { Tag } from '../../../bytes/der.ts';
import { Structure } from '../../asn1/structure.ts';
import { authorityOf } from '../authority.ts';
import { checkPurpose } from '../purpose.ts';
import { type Run, Verify } from '../run.ts';
import { checkStrictly } from '../strict.ts';
import { unknownSelf, unreadableKey } from '../unusable-lines.ts';

/**
 * checkExtensions checks critical extensions, authorities, path lengths, proxies and the purpose, from the leaf to the
 * root.
 * @throws {Refused}
 */
export function checkExtensions(run: Run): void {
  const { parameters, chain } = run;
  const isCrlPath = run.parent !== undefined;
  const purpose = isCrlPath ? 'crlsign' : parameters.purpose;
  const allowsProxies = !isCrlPath && parameters.allowProxyCertificates === true;
  let expected: Expected = 'anything';
  let pathLength = 0;
  let proxies = 0;
  for (let depth = 0; depth < chain.length; depth++) {
    const certificate = run.at(depth);
    const { proxy, basicConstraints } = certificate;
    run.faultUnless(
      parameters.ignoreCritical === true || !certificate.hasUnknownCritical,
      Verify.unhandledCritical,
      depth,
    );
    run.faultUnless(proxy === undefined || allowsProxies, Verify.proxyNotAllowed, depth);
    checkAuthority(run, depth, expected);
    if (chain.length > 1) {
      if (certificate.keyKind === undefined) {
        run.left.push(...unknownSelf(certificate), ...unreadableKey(certificate, 1));
        run.fault(Verify.unspecified, depth);
      }
      run.faultUnless(!hasExplicitCurve(run, depth), Verify.explicitCurve, depth);
      if (parameters.strict) checkStrictly(run, depth);
    }
    if (purpose) checkPurpose(run, depth, purpose, expected === 'authority' ? 'authority' : 'leaf');
    const most = basicConstraints?.pathLength;
    run.faultUnless(depth === 0 || most === undefined || pathLength <= most + proxies, Verify.pathLength, depth);
    // RFC 5280 section 6.1.4 (l): the leaf and self-issued intermediates do not count.
    if (depth > 0 && !certificate.selfIssued) pathLength++;
    if (proxy === undefined) expected = 'authority';
    else {
      // RFC 3820 section 4.1.3 (b), counted from the leaf.
      if (proxy.pathLength !== undefined) {
        run.faultUnless(proxies <= proxy.pathLength, Verify.proxyPathLength, depth);
        proxies = proxy.pathLength;
      }
      proxies++;
      expected = 'no authority';
    }
  }
}

/** The issuer of a proxy certificate is a proxy or a user, never an authority. */
type Expected = 'anything' | 'no authority' | 'authority';

function checkAuthority(run: Run, depth: number, expected: Expected): void {
  const authority = authorityOf(run.at(depth));
  const isClear = authority === 'yes' || authority === 'no';
  const isStrict = run.parameters.strict === true;
  switch (expected) {
    case 'no authority':
      run.faultUnless(authority === 'no', Verify.invalidNonAuthority, depth);
      break;
    case 'anything':
      run.faultUnless(isClear || !isStrict, Verify.invalidAuthority, depth);
      break;
    case 'authority': {
      // Forms without basic constraints are tolerated in roots only.
      const isTolerant = depth + 1 === run.chain.length && !isStrict;
      run.faultUnless(authority !== 'no' && (isClear || isTolerant), Verify.invalidAuthority, depth);
    }
  }
}

/** hasExplicitCurve reads the DER: Node also names a known curve that has explicit parameters. */
function hasExplicitCurve(run: Run, depth: number): boolean {
  const { publicKey, publicKeyInfo } = run.at(depth).facts;
  if (publicKey?.asymmetricKeyType !== 'ec') return false;
  const algorithm = new Structure(publicKeyInfo).sequence('publicKeyInfo').sequence('algorithm');
  algorithm.take('algorithm', Tag.objectIdentifier);
  return !algorithm.nextIs(Tag.objectIdentifier);
}
