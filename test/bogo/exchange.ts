import type { Engine } from '../../src/connection/engine.ts';
import { Failure } from './failure.ts';
import type { Plan } from './plan.ts';

/** Bytes that are read at once, in TLS fewer than a record may have. */
const readSizes = { stream: 512, datagrams: 16384 };

/** Exchange is what the shim says after the handshake: it inverts the bits of what it reads, and sends them back. */
export class Exchange {
  private readonly plan: Plan;
  private readonly engine: Engine;
  private begun = false;

  constructor(plan: Plan, engine: Engine) {
    this.plan = plan;
    this.engine = engine;
  }

  /** begin says what comes first. `over`: nothing is read then. @throws {Failure} */
  begin(): 'goesOn' | 'over' {
    const { exporter, writesFirst, shutsDown, checksCloseNotify } = this.plan;
    if (this.begun) return 'goesOn';
    this.begun = true;
    if (exporter.length > 0) this.engine.write(this.keyingMaterial());
    if (writesFirst) this.engine.write(Buffer.from('hello'));
    if (!shutsDown) return 'goesOn';
    if (!checksCloseNotify) return 'over';
    this.engine.shutdown();
    return 'goesOn';
  }

  /** received answers data of the peer. @throws {Failure} */
  received(plaintext: Uint8Array): void {
    const { datagrams, shutsDown, updatesKeys, readSize } = this.plan;
    if (shutsDown) throw new Failure(':dataAfterShutdown: alert none');
    const size = readSize ?? (datagrams ? readSizes.datagrams : readSizes.stream);
    for (let at = 0; at < plaintext.length; at += size) {
      if (updatesKeys) this.engine.updateKeys({ requestPeer: false });
      this.engine.write(plaintext.subarray(at, at + size).map((byte) => byte ^ 0xff));
    }
  }

  /** mayEnd returns whether the peer may end now, in this way. */
  mayEnd(how: 'closed' | 'truncated'): boolean {
    return this.begun && (how === 'closed' || !this.plan.checksCloseNotify);
  }

  /** end answers the peer's end. */
  end(): void {
    if (this.plan.checksCloseNotify) this.engine.shutdown();
  }

  private keyingMaterial(): Uint8Array {
    const { length, label, context, hasContext } = this.plan.exporter;
    const bytes = hasContext ? Buffer.from(context, 'latin1') : undefined;
    const material = this.engine.exportKeyingMaterial(label, length, bytes);
    if (material === undefined) throw new Failure('there is no keying material');
    return material;
  }
}
