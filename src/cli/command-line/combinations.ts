import type { ListenAddress } from '../../server/listening/listener.ts';
import type { Options } from '../options/index.ts';
import { Stop } from '../output/stop.ts';
import { summaryLine } from '../output/summary.ts';
import { onStdout } from './on-stdout.ts';
import type { Parsed } from './parse.ts';
import { overDatagrams } from './protocol-flag.ts';
import { type WebMode, webMode } from './web-mode.ts';

/**
 * checkCombinations rejects options that exclude each other, in the reference's order, which decides which of several
 * errors is reported. `-early_data` goes with the web modes, as newer releases allow.
 * @throws {Stop}
 */
export function checkCombinations({ options, given }: Parsed, address: ListenAddress): void {
  const facts: Facts = {
    web: webMode(given),
    unix: 'path' in address,
    datagrams: overDatagrams(given),
    onStdout: onStdout(given),
  };
  const failed = combinations.find(({ clash }) => clash(options, facts));
  if (failed !== undefined) throw new Stop(failed.text);
}

interface Facts {
  readonly web: WebMode | undefined;
  readonly unix: boolean;
  readonly datagrams: boolean;
  readonly onStdout: readonly string[];
}

interface Combination {
  clash(options: Options, facts: Facts): boolean;
  readonly text: string;
}

const combinations: readonly Combination[] = [
  {
    clash: (it) => it.nextprotoneg !== undefined && it.tls1_3 === true,
    text: `Cannot supply -nextprotoneg with TLSv1.3\n${summaryLine}`,
  },
  {
    clash: (_, { web, datagrams }) => web !== undefined && datagrams,
    text: "Can't use -HTTP, -www or -WWW with DTLS\n",
  },
  {
    clash: (it, { datagrams }) => it.listen === true && !datagrams,
    text: 'Can only use -listen with DTLS\n',
  },
  {
    clash: (it, { datagrams }) => it.rev === true && datagrams,
    text: "Can't use -rev with DTLS\n",
  },
  {
    clash: (it, { datagrams }) => it.stateless === true && datagrams,
    text: 'Can only use --stateless with TLS\n',
  },
  {
    clash: (it, { datagrams }) => it.tfo === true && datagrams,
    text: 'Can only use -tfo with TLS\n',
  },
  {
    clash: (_, { unix, datagrams }) => unix && datagrams,
    text: "Can't use unix sockets and datagrams together\n",
  },
  ...(['json_bytes', 'json_records', 'json_data'] as const).map((name) => ({
    clash: (it: Options) => it[name] === true && it.json === undefined,
    text: `Can't use -${name} without -json\n`,
  })),
  {
    clash: (it) => it.early_data === true && it.rev === true,
    text: "Can't use -early_data in combination with -www, -WWW, -HTTP, or -rev\n",
  },
  {
    clash: (it, { datagrams }) => it.sctp === true && !datagrams,
    text: "Can't use -sctp without DTLS\n",
  },
  {
    clash: (it, { datagrams }) => it.cid !== undefined && !datagrams,
    text: "Can't use -cid without DTLS\n",
  },
  {
    clash: (it, { web }) => (it.sendfile ?? it.zerocopy_sendfile) === true && web !== 'WWW' && web !== 'HTTP',
    text: "Can't use -sendfile without -WWW or -HTTP\n",
  },
  {
    clash: ({ ready }, { onStdout: names }) => names.length + (ready === 'fd:1' ? 1 : 0) > 1,
    text: 'Only one output can be on stdout\n',
  },
  {
    clash: ({ pcapng, pcapng_nosecrets, pcapng_size }) =>
      pcapng === undefined && (pcapng_nosecrets === true || pcapng_size !== undefined),
    text: "Can't use -pcapng_nosecrets or -pcapng_size without -pcapng\n",
  },
  {
    clash: ({ pcapng, pcapng_size }) => pcapng === '-' && pcapng_size !== undefined,
    text: "Can't use -pcapng_size with a capture on stdout\n",
  },
];
