import { type FlagTable, inert, integer, text, toggle } from './flag.ts';

/** The connection to the runner. */
export interface NetworkPlan {
  port: number;
  host: '127.0.0.1' | '::1';
  /** Sent first on each connection; undefined: nothing is. */
  shimId: bigint | undefined;
  isServer: boolean;
  datagrams: boolean;
  resumeCount: number;
  /** `-async`: input and output go one byte at a time, and every callback answers later. */
  stepwise: boolean;
}

export function networkPlan(): NetworkPlan {
  return {
    port: 0,
    host: '127.0.0.1',
    shimId: undefined,
    isServer: false,
    datagrams: false,
    resumeCount: 0,
    stepwise: false,
  };
}

export const networkFlags: FlagTable<NetworkPlan> = {
  port: integer((plan, port) => {
    plan.port = port;
  }),
  ipv6: toggle((plan) => {
    plan.host = '::1';
  }),
  'shim-id': text((plan, id) => {
    plan.shimId = BigInt(id);
  }),
  server: toggle((plan) => {
    plan.isServer = true;
  }),
  dtls: toggle((plan) => {
    plan.datagrams = true;
  }),
  'resume-count': integer((plan, count) => {
    plan.resumeCount = count;
  }),
  async: toggle((plan) => {
    plan.stepwise = true;
  }),
  // The engine has no call for the handshake, which input drives.
  'implicit-handshake': inert(),
  'no-op-extra-handshake': inert(),
};
