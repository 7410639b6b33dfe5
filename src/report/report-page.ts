import type { Card } from './card.ts';
import { cardHtml } from './card-html.ts';
import { cardText } from './card-text.ts';

/** Asked is what a request says about the page that it wants. */
export interface Asked {
  /** With its query. */
  readonly path: string;
  /** The header field. */
  readonly accept: string;
}

/** Page is an answer to a request. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** reportPage answers a client's request with the card about it. */
export function reportPage(card: Card, { path, accept }: Asked): Page {
  const [place] = path.split('?', 1);
  if (place === '/favicon.ico') return page('text/plain', 'There is no icon.\n', { status: 404 });
  if (place === '/a/check') return page('application/json', `${JSON.stringify(card.check)}\n`, { open: true });
  if (place === '/json' || accept.includes('application/json'))
    return page('application/json', `${JSON.stringify(card)}\n`);
  return accept.includes('text/html') ? page('text/html', cardHtml(card)) : page('text/plain', cardText(card));
}

/** `open`: pages of any origin may read it. */
function page(type: string, body: string, { status = 200, open = false } = {}): Page {
  return {
    status,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      vary: 'accept',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      ...(open && { 'access-control-allow-origin': '*' }),
    },
    body,
  };
}
