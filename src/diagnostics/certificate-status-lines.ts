import type { Notes, Observer } from '../connection/observer.ts';
import { errorLines } from './error-queue-lines.ts';
import { ocspResponseText } from './ocsp-response-text.ts';

/** certificateStatusLines prints each step of the look-up of our certificate's OCSP response. */
export function certificateStatusLines(to: { err(text: string): void }): Observer {
  return {
    note(kind, facts) {
      if (kind === 'certificateStatus') to.err(stepText(facts as Notes['certificateStatus']));
    },
  };
}

function stepText(step: Notes['certificateStatus']): string {
  switch (step.what) {
    case 'asked':
      return 'cert_status: callback called\n';
    case 'responder':
      return `cert_status: AIA URL: ${step.url}\n`;
    case 'unusableUrl':
      return `cert_status: can't parse AIA URL\n${errorLines(step.lines)}`;
    case 'noResponder':
      return 'cert_status: no AIA and no default responder URL\n';
    case 'noIssuer':
      return "cert_status: Can't retrieve issuer certificate.\n";
    case 'queryFailed':
      return `${queryText(step)}${errorLines(step.lines)}`;
    case 'cannotOpen': {
      const sentence = `Can't open "${step.file}" for reading, ${step.reason}\n`;
      return `${sentence}${errorLines(step.lines)}cert_status: Cannot open OCSP response file\n`;
    }
    case 'cannotRead':
      return `cert_status: Error reading OCSP response\n${errorLines(step.lines)}`;
    case 'found':
      return foundText(step);
  }
}

type Step<W> = Extract<Notes['certificateStatus'], { readonly what: W }>;

function queryText({ lines }: Step<'queryFailed'>): string {
  const tunnel = lines.find((it) => it.function === 'OSSL_HTTP_proxy_connect')?.extra;
  const refused = tunnel === undefined ? '' : `s_server: HTTP CONNECT failed, ${tunnel}\n`;
  return `${refused}Error querying OCSP responder\ncert_status: error querying responder\n`;
}

/** foundText prints a chain's responses as OpenSSL 3.6 does, which requests them. */
function foundText({ responses, ofChain }: Step<'found'>): string {
  const count = ofChain ? `cert_status: number of responses: ${responses.length}\n` : '';
  const texts = responses.map((response, index) =>
    response === undefined
      ? `cert_status: no ocsp response for certificate with index ${index}\n`
      : ocspResponseText(response),
  );
  return `cert_status: ocsp response sent:\n${count}${texts.join('')}`;
}
