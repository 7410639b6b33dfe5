import type { Doors, Engine } from '../connection/engine.ts';
import type { SessionInfo } from '../handshake/flow/session-info.ts';
import { Problem } from '../names/problems.ts';

/** The bytes that are more than text to the engine below. */
export const Mark = { closeNotify: 0x00, fault: 0x01, idle: 0x02, bug: 0x03, hello: 0x16 } as const;

/**
 * An engine without cryptography, for tests: a hello byte is the handshake, a zero byte is close_notify, all else is
 * text in the clear. It keeps to the contract of backpressure in both directions.
 */
export class TransparentEngine implements Engine {
  deadline: number | undefined;
  readonly awaitsAnswer = false;
  readonly calls: string[] = [];
  private readonly doors: Doors;
  private readonly info: SessionInfo;
  private early: Uint8Array[] = [];
  private secure = false;
  private over = false;
  private closing = false;
  private writeBlocked = false;
  private readBlocked = false;

  constructor(doors: Doors, info: SessionInfo) {
    this.doors = doors;
    this.info = info;
  }

  feed(bytes: Uint8Array): 'more' | 'wait' {
    let text: number[] = [];
    const flush = () => {
      if (text.length > 0 && !this.doors.toApplication(Uint8Array.from(text))) this.readBlocked = true;
      text = [];
    };
    for (const byte of bytes) {
      if (this.over) break;
      if (byte >= 0x04 && byte !== Mark.hello) {
        text.push(byte);
        continue;
      }
      flush();
      this.mark(byte);
    }
    flush();
    return this.readBlocked ? 'wait' : 'more';
  }

  end(): void {
    this.calls.push('end');
    if (this.over) return;
    const problem = new Problem('unexpectedEofWhileReading', 'ssl3_read_n');
    if (this.secure) this.doors.ended({ how: 'truncated', problem });
    else this.stop(problem);
  }

  fail(problem: Problem): void {
    this.stop(problem);
  }

  write(plaintext: Uint8Array): 'more' | 'wait' {
    // A copy: the caller may use the memory again once this has returned.
    const copy = Uint8Array.from(plaintext);
    if (!this.secure) this.early.push(copy);
    else if (!this.doors.toPeer([copy])) this.writeBlocked = true;
    return this.writeBlocked ? 'wait' : 'more';
  }

  shutdown(): 'more' | 'wait' {
    this.calls.push('shutdown');
    if (this.over && !this.secure) return 'more';
    this.closing = this.early.length > 0;
    if (this.closing) return 'wait';
    this.doors.toPeer([Uint8Array.of(Mark.closeNotify)]);
    return 'more';
  }

  drained(): void {
    if (!this.writeBlocked) return;
    this.writeBlocked = false;
    this.doors.resume('application');
  }

  consumed(): void {
    if (!this.readBlocked) return;
    this.readBlocked = false;
    this.doors.resume('peer');
  }

  expire(): void {
    this.calls.push('expire');
    this.deadline = undefined;
  }

  renegotiate(): void {
    throw new Problem('wrongSslVersion', 'can_renegotiate');
  }

  updateKeys(options: { requestPeer: boolean }): void {
    this.calls.push(`updateKeys ${options.requestPeer}`);
  }

  requestCertificate(): void {
    throw new Problem('extensionNotReceived', 'SSL_verify_client_post_handshake');
  }

  sendRaw(bytes: Uint8Array): void {
    this.doors.toPeer([bytes]);
  }

  exportKeyingMaterial(_label: string, length: number): Uint8Array | undefined {
    return new Uint8Array(length).fill(0xab);
  }

  private mark(byte: number): void {
    switch (byte) {
      case Mark.hello:
        this.secure = true;
        this.doors.established(this.info);
        if (this.early.length > 0) this.doors.toPeer(this.early);
        this.early = [];
        if (this.closing) {
          this.doors.toPeer([Uint8Array.of(Mark.closeNotify)]);
          this.doors.resume('application');
        }
        break;
      case Mark.closeNotify:
        this.over = true;
        this.doors.ended({ how: 'closed' });
        break;
      case Mark.fault:
        this.stop(new Problem('decryptionFailedOrBadRecordMac', 'ssl3_get_record'));
        break;
      case Mark.idle:
        this.doors.idle();
        break;
      default:
        throw new Error('a bug');
    }
  }

  private stop(problem: Problem): void {
    this.over = true;
    this.doors.toPeer([Buffer.from('[alert]')]);
    this.doors.ended({ how: 'failed', problem });
  }
}
