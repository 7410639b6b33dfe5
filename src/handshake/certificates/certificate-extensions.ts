import type { Extension } from '../../messages/extensions/extension.ts';
import { extensionKind } from '../../messages/extensions/index.ts';
import type { Flow } from '../flow/flow.ts';

/**
 * Checks a client's extensions of one certificate (RFC 8446 section 4.4.2). "Extensions in the Certificate message from
 * the client MUST correspond to extensions in the CertificateRequest message from the server", which requests none
 * here.
 * @throws {Problem}
 */
export function refuseCertificateExtensions(flow: Pick<Flow, 'insist'>, extensions: readonly Extension[]): void {
  for (const { type, body: bytes } of extensions) {
    const kind = extensionKind(type);
    const misplaced = kind !== undefined && kind.in.certificate === undefined;
    flow.insist(!misplaced, 'badExtension', where, { alert: 'illegal_parameter', bytes });
    flow.insist(misplaced, 'unsolicitedExtension', where, { bytes });
  }
}

const where = 'tls_collect_extensions';
