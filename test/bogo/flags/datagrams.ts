import type { DatagramSettings, Settings } from '../../../src/handshake/flow/settings.ts';
import { CookieKeys } from '../../../src/handshake/flow/stateless-cookie.ts';
import { system } from '../../../src/handshake/flow/surroundings.ts';
import { srtpProfiles } from '../../../src/names/srtp-profiles.ts';
import { type FlagTable, integer, NotImplemented, text } from './flag.ts';

/** What only DTLS has. */
export interface DatagramPlan {
  readonly datagrams: boolean;
  /** Bytes of a datagram. */
  mtu: number | undefined;
  srtpProfiles: readonly number[];
}

export function datagramPlan(): Omit<DatagramPlan, 'datagrams'> {
  return { mtu: undefined, srtpProfiles: [] };
}

export const datagramFlags: FlagTable<DatagramPlan> = {
  mtu: integer((plan, bytes) => {
    plan.mtu = bytes;
  }),
  'srtp-profiles': text((plan, names) => {
    plan.srtpProfiles = names.split(':').map(profileCode);
  }),
};

export function datagramSettings(plan: DatagramPlan): Partial<Settings> {
  if (!plan.datagrams) return {};
  return { datagrams: settingsOf(plan), srtpProfiles: plan.srtpProfiles };
}

/** Bytes of the headers of IP and UDP, which the runner does not count. */
const headers = 28;

/** Bytes of a datagram, as for the paths of the runner unless it says otherwise. */
const defaultMtu = 1200;

function settingsOf({ mtu = defaultMtu }: DatagramPlan): DatagramSettings {
  return { mtu: mtu + headers, listens: false, cookieKeys: new CookieKeys(system.random) };
}

/** The older names have hashes of the same lengths as ours. */
function profileCode(name: string): number {
  const code = srtpProfiles.find((it) => it.name === name)?.code;
  if (code === undefined) throw new NotImplemented(`SRTP profile ${name} is not implemented`);
  return code;
}
