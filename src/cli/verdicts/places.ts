/** PlaceName is what a command can be told about the server, as it stands between braces. */
export type PlaceName = 'port' | 'host' | 'address' | 'url' | 'path' | 'ca';

/** Places are the values of the names that have a meaning for this server. */
export type Places = Readonly<Partial<Record<PlaceName, string>>>;

/** What the server listens on. */
export type Listened = 'tcp' | 'udp' | 'unix';

/** Names without a meaning, by what is listened on. */
const meaningless: Readonly<Record<Listened, readonly PlaceName[]>> = {
  tcp: ['path'],
  udp: ['path', 'url'],
  unix: ['port', 'address', 'url'],
};

/** Why a text cannot be filled in; undefined where it can. */
export function faultIn(text: string, on: Listened): string | undefined {
  const name = meaningless[on].find((it) => text.includes(`{${it}}`));
  if (name === undefined) return undefined;
  if (on === 'unix') return `{${name}} has no meaning with -unix: the socket is {path}`;
  return name === 'path' ? '{path} has a meaning only with -unix' : `{${name}} has no meaning over datagrams`;
}

/** placesOf describes a listening server. Local ones are called localhost, as their own certificates are. */
export function placesOf(
  { host, port, path }: { readonly host: string; readonly port: number; readonly path: string | undefined },
  on: Listened,
  ca: string,
): Places {
  if (on === 'unix') return { host: 'localhost', path: path ?? '', ca };
  const isLocal = ['::', '0.0.0.0', '127.0.0.1', '::1', ''].includes(host);
  const name = isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const url = on === 'tcp' ? { url: `https://${name}:${port}/` } : {};
  return { port: String(port), host: isLocal ? name : host, address: host, ...url, ca };
}

/** filled replaces `{port}` and its kin once; nothing in what is put in is a placeholder again. */
export function filled(text: string, places: Places): string {
  return text.replace(/\{(port|host|address|url|path|ca)\}/g, (whole, name: PlaceName) => places[name] ?? whole);
}

/** The same as variables of the environment. */
export function variablesOf(places: Places): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(places).map(([name, value]) => [`SERVERHELLO_${name.toUpperCase()}`, value]),
  );
}
