import { readFileSync } from 'node:fs';
import { latin1 } from '../../bytes/hex.ts';
import { type PemBlock, pemBlocks } from '../../bytes/pem.ts';
import { type InfoExtension, plainInfoContext, type ServerInfo } from '../../handshake/flow/server-info.ts';
import type { ErrorLine } from '../../names/problems.ts';
import type { KeyType } from '../../x509/files/credential.ts';
import { LoadFailure } from '../../x509/files/load-failure.ts';
import { systemFault } from '../../x509/files/store.ts';

/**
 * loadServerInfo reads the file of `-serverinfo`: PEM blocks, each with one extension, to send with the certificate for
 * a key of this type.
 * @throws {LoadFailure} with the reference's lines
 */
export function loadServerInfo(file: string, keyType: KeyType | undefined): ServerInfo {
  const blocks = pemBlocks(contentOf(file));
  if (blocks.length === 0) throw failure(noStartLine, line(389, 'no pem extensions'));
  const extensions = blocks.map(infoExtension);
  const types = extensions.map(({ type }) => type);
  if (new Set(types).size < types.length || types.some((type) => ownTypes.has(type))) {
    throw failure(noStartLine, line(388, 'invalid serverinfo data', 'SSL_CTX_use_serverinfo_ex'));
  }
  const size = extensions.reduce((total, { body }) => total + 4 + body.length, 0);
  if (size > mostBytes) {
    throw new LoadFailure(`-serverinfo: ${file} has ${size} bytes of extensions, a message has room for ${mostBytes}`);
  }
  return { keyType, extensions };
}

/** Maximum bytes of a message's extensions, less the room for our own. The reference fails at the first client. */
const mostBytes = 0xffff - 1023;

function contentOf(file: string): string {
  try {
    return latin1(readFileSync(file));
  } catch (error) {
    const { errno, text } = systemFault(error);
    const where = 'file_ctrl';
    throw failure(
      { library: 2, reason: errno, text, function: where, extra: `calling fopen(${file}, r)` },
      { library: 32, reason: 0x80002, text: 'system lib', function: where },
      line(0x80002, 'system lib'),
    );
  }
}

const plain = 'SERVERINFO FOR ';
const withContext = 'SERVERINFOV2 FOR ';

/**
 * infoExtension decodes type and length in two bytes each, and the content; in version 2 a context of four bytes comes
 * first.
 */
function infoExtension({ label, der }: PemBlock): InfoExtension {
  const isPlain = label.startsWith(plain);
  if (!isPlain && label.length < withContext.length) {
    throw failure(line(392, 'pem name too short'));
  }
  if (!isPlain && !label.startsWith(withContext)) throw failure(line(391, 'pem name bad prefix'));
  const bytes = new DataView(der.buffer, der.byteOffset, der.byteLength);
  const at = isPlain ? 0 : 4;
  if (der.length < at + 4 || bytes.getUint16(at + 2) !== der.length - at - 4) throw failure(line(390, 'bad data'));
  return {
    type: bytes.getUint16(at),
    context: isPlain ? plainInfoContext : bytes.getUint32(0),
    body: Uint8Array.from(der.subarray(at + 4)),
  };
}

/** Extensions that the reference implements itself. */
const ownTypes: ReadonlySet<number> = new Set([
  ...[0, 1, 5, 10, 11, 12, 13, 14, 16, 21, 22, 23, 35, 41, 42, 43, 44, 45, 47, 49, 51, 13172, 65281],
]);

const noStartLine: ErrorLine = { library: 9, reason: 108, text: 'no start line', function: 'get_name' };

function failure(...lines: ErrorLine[]): LoadFailure {
  return new LoadFailure('', lines);
}

function line(reason: number, text: string, where = 'SSL_CTX_use_serverinfo_file'): ErrorLine {
  return { library: 20, reason, text, function: where };
}
