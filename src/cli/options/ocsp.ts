import { statusUrl } from '../arguments/argument-checks.ts';
import type { ServerRow } from './row.ts';

/** Certificate status, stapled. */
export const ocsp = [
  {
    name: 'status',
    takes: 'flag',
    help: 'Request certificate status from server',
    effect: 'staple an OCSP response when asked',
    conflicts: 'a failure to get the response mostly does not end the handshake',
    versions: 'TLS 1.0+ / DTLS',
    since: '0.9.8',
  },
  {
    name: 'status_verbose',
    takes: 'flag',
    help: 'Print more output in certificate status callback',
    effect: 'as -status, with progress and response text on stderr',
    versions: 'TLS 1.0+',
    since: '0.9.8',
  },
  {
    name: 'status_timeout',
    takes: 'int',
    help: 'Status request responder timeout',
    effect: 'seconds to wait for the responder; implies -status',
    conflicts: 'integer syntax errors',
    versions: 'TLS 1.0+',
    since: '0.9.8',
  },
  {
    name: 'status_url',
    takes: 'string',
    help: 'Status request fallback URL',
    effect: 'fallback responder URL; implies -status',
    conflicts: '"Error parsing -status_url argument", exit 1',
    versions: 'TLS 1.0+',
    since: '0.9.8',
    check: statusUrl,
  },
  {
    name: 'proxy',
    takes: 'string',
    help: '[http[s]://]host[:port][/path] of HTTP(S) proxy to use; path is ignored',
    effect: 'HTTP proxy for the responder',
    default: 'env http_proxy/https_proxy',
    conflicts: 'not checked at start',
    since: '3.0',
  },
  {
    name: 'no_proxy',
    takes: 'string',
    help: 'List of addresses of servers not to use HTTP(S) proxy for',
    more: "Default from environment variable 'no_proxy', else 'NO_PROXY', else none",
    effect: 'hosts not to proxy',
    default: 'env no_proxy',
    since: '3.0',
  },
  {
    name: 'status_file',
    takes: 'infile',
    help: 'File containing DER encoded OCSP Response',
    effect: 'DER response to staple; implies -status',
    conflicts: 'read at every handshake; a failure ends that handshake (alert 80)',
    versions: 'TLS 1.0+',
    since: '1.1.0',
  },
] as const satisfies readonly ServerRow[];
