import { State } from '../../names/states.ts';

/** A pseudo type, so that ChangeCipherSpec can be received like a handshake message; no message has it. */
export const changeCipherSpecType = 0x101;

const written = new Map<number, string>([
  [0, State.writeHelloRequest],
  [2, State.writeServerHello],
  [3, State.writeHelloVerifyRequest],
  [4, State.writeSessionTicket],
  [8, State.writeEncryptedExtensions],
  [11, State.writeCertificate],
  [12, State.writeKeyExchange],
  [13, State.writeCertificateRequest],
  [14, State.writeServerDone],
  [15, State.writeCertificateVerify],
  [20, State.writeFinished],
  [22, State.writeCertificateStatus],
  [24, State.writeKeyUpdate],
  [25, State.writeCompressedCertificate],
  [changeCipherSpecType, State.writeChangeCipherSpec],
]);

const read = new Map<number, string>([
  [1, State.readClientHello],
  [5, State.readEndOfEarlyData],
  [11, State.readClientCertificate],
  [15, State.readCertificateVerify],
  [16, State.readClientKeyExchange],
  [20, State.readFinished],
  [24, State.readKeyUpdate],
  [25, State.readCompressedCertificate],
  [67, State.readNextProto],
  [changeCipherSpecType, State.readChangeCipherSpec],
]);

/** The state after a message of this type was sent. */
export function writeState(type: number): string {
  return written.get(type) ?? 'unknown state';
}

/** The state after a message of this type was received. */
export function readState(type: number): string {
  return read.get(type) ?? 'unknown state';
}
