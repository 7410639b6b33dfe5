import { elementsOf } from '../bytes/der.ts';
import { latin1 } from '../bytes/hex.ts';
import { objectNames } from '../names/object-names.ts';
import { dotted } from '../x509/asn1/object-identifier.ts';
import { Structure } from '../x509/asn1/structure.ts';
import { practiceStatement, userNotice } from '../x509/extensions/policies.ts';
import type { HeldPolicy, PolicyOutcome } from '../x509/verify/policy-graph.ts';

/** policiesText is the output of `-policy_print`. */
export function policiesText(outcome: PolicyOutcome | undefined): string {
  const required = outcome?.explicit ? 'True' : 'False';
  const lists = [listText('Authority', outcome?.authority), listText('User', outcome?.user)];
  return `Require explicit Policy: ${required}\n${lists.join('')}`;
}

function listText(title: string, policies: readonly HeldPolicy[] | undefined): string {
  if (policies === undefined) return `${title} Policies: <empty>\n`;
  return `${title} Policies:\n${policies.map(policyText).join('')}`;
}

function policyText({ oid, critical, qualifiers }: HeldPolicy): string {
  const name = objectNames(oid)?.long ?? oid;
  const about = qualifiers ? qualifiersText(qualifiers) : '    No Qualifiers\n';
  return `  Policy: ${name}\n    ${critical ? 'Critical' : 'Non Critical'}\n${about}`;
}

/** RFC 5280 section 4.2.1.4. The verification has checked their syntax. */
function qualifiersText(qualifiers: Uint8Array): string {
  const list = new Structure(qualifiers);
  let text = '';
  while (!list.isEmpty) {
    const fields = list.sequence('qualifier');
    const oid = dotted(fields.take('policyQualifierId', 0x06).body);
    if (oid === practiceStatement) text += `    CPS: ${latin1(fields.take('cPSuri').body)}\n`;
    else if (oid === userNotice) text += `    User Notice:\n${noticeText(fields.sequence('userNotice'))}`;
    else text += `      Unknown Qualifier: ${objectNames(oid)?.long ?? oid}\n`;
  }
  return text;
}

function noticeText(notice: Structure): string {
  let text = '';
  const reference = notice.takeIf('noticeRef', 0x30);
  if (reference) {
    const fields = new Structure(reference.body);
    const organization = latin1(fields.take('organization').body);
    const numbers = elementsOf(fields.take('noticeNumbers', 0x30).body).map(({ body }) =>
      BigInt(`0x${Buffer.from(body).toString('hex') || '0'}`).toString(),
    );
    text += `      Organization: ${organization}\n      Number${numbers.length > 1 ? 's' : ''}: ${numbers.join(', ')}\n`;
  }
  if (!notice.isEmpty) text += `      Explicit Text: ${latin1(notice.take('explicitText').body)}\n`;
  return text;
}
