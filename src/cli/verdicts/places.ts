/** Places are what a command can be told about the server. */
export interface Places {
  readonly port: string;
  /** A name or address to connect to. */
  readonly host: string;
  /** The address that is listened on. */
  readonly address: string;
  readonly url: string;
  /** A file with the certificates to trust. */
  readonly ca: string;
}

/** placesOf describes a listening server. Local ones are called localhost, as their own certificates are. */
export function placesOf({ host, port }: { readonly host: string; readonly port: number }, ca: string): Places {
  const isLocal = ['::', '0.0.0.0', '127.0.0.1', '::1', ''].includes(host);
  const name = isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return { port: String(port), host: isLocal ? name : host, address: host, url: `https://${name}:${port}/`, ca };
}

/** filled replaces `{port}` and its kin once; nothing in what is put in is a placeholder again. */
export function filled(text: string, places: Places): string {
  return text.replace(/\{(port|host|address|url|ca)\}/g, (_, name: keyof Places) => places[name]);
}

/** The same as variables of the environment. */
export function variablesOf(places: Places): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(places).map(([name, value]) => [`SERVERHELLO_${name.toUpperCase()}`, value]),
  );
}
