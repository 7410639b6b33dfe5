import { Certificate } from './certificate.ts';
import { CertificateRequest } from './certificate-request.ts';
import { CertificateStatus } from './certificate-status.ts';
import { CertificateVerify } from './certificate-verify.ts';
import { ClientHello } from './client-hello.ts';
import { ClientKeyExchange } from './client-key-exchange.ts';
import { CompressedCertificate } from './compressed-certificate.ts';
import { EncryptedExtensions } from './encrypted-extensions.ts';
import { EndOfEarlyData } from './end-of-early-data.ts';
import { Finished } from './finished.ts';
import { HelloRequest } from './hello-request.ts';
import { HelloVerifyRequest } from './hello-verify-request.ts';
import { KeyUpdate } from './key-update.ts';
import type { Kind } from './message.ts';
import { NewSessionTicket } from './new-session-ticket.ts';
import { NextProtocol } from './next-protocol.ts';
import { ServerHello } from './server-hello.ts';
import { ServerHelloDone } from './server-hello-done.ts';
import { ServerKeyExchange } from './server-key-exchange.ts';

/** Every handshake message by its type. */
export const handshakeKinds: ReadonlyMap<number, Kind<unknown>> = new Map(
  [
    HelloRequest,
    ClientHello,
    ServerHello,
    HelloVerifyRequest,
    NewSessionTicket,
    EndOfEarlyData,
    EncryptedExtensions,
    Certificate,
    ServerKeyExchange,
    CertificateRequest,
    ServerHelloDone,
    CertificateVerify,
    ClientKeyExchange,
    Finished,
    CertificateStatus,
    KeyUpdate,
    CompressedCertificate,
    NextProtocol,
  ].map((kind: Kind<unknown>) => [kind.type, kind]),
);
