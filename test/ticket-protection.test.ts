import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { createServer, type TestServer, type TicketProtection, testServer } from '../src/index.ts';
import { reaching } from './served-connections.ts';

/* Tickets that the application makes and reads. */

/** A service that keeps the sessions itself: a ticket is a number. */
class Numbered implements TicketProtection {
  readonly sessions: Uint8Array[] = [];
  renew = false;
  /** The service has lost everything. */
  knowsNone = false;

  seal(session: Uint8Array) {
    return Buffer.of(this.sessions.push(Uint8Array.from(session)));
  }

  open([number = 0]: Uint8Array) {
    const session = this.sessions[number - 1];
    return this.knowsNone || session === undefined ? undefined : { session, renew: this.renew };
  }
}

/** The same by messages to somebody else. */
function asked(service: Numbered): TicketProtection {
  return {
    seal: async (session) => service.seal(session),
    open: async (ticket) => service.open(ticket),
  };
}

const versions = ['TLSv1.2', 'TLSv1.3'] as const;
type Version = (typeof versions)[number];

/** One connection to its end: whether it was resumed, and the session for the next one. */
async function visit(server: TestServer, maxVersion: Version, session?: Buffer) {
  const client = connect({ ...reaching(server), maxVersion, ...(session && { session }) });
  let next: Buffer | undefined;
  client.on('session', (it) => {
    next = it;
  });
  client.on('error', () => {});
  const closed = new Promise((resolve) => client.once('close', resolve));
  client.resume();
  const { socket, error } = await server.next();
  socket.end();
  await closed;
  return { resumed: socket.isSessionReused(), session: next, error };
}

for (const version of versions) {
  for (const make of [(service: Numbered) => service, asked]) {
    const when = make === asked ? 'later' : 'at once';
    test(`${version}: a service that answers ${when} keeps the sessions of its tickets`, async () => {
      const service = new Numbered();
      await using one = await testServer({ ticketProtection: make(service), sessionIdContext: 'both' });
      await using other = await testServer({ ticketProtection: make(service), sessionIdContext: 'both' });
      const { session, resumed } = await visit(one, version);
      assert.equal(resumed, false);
      assert.ok(session);
      const made = service.sessions.length;
      assert.equal(made, version === 'TLSv1.2' ? 1 : 2);
      const again = await visit(other, version, session);
      assert.equal(again.resumed, true);
      // A ticket of TLS 1.3 is good for one connection, which gets another; up to TLS 1.2 it may be used again.
      assert.equal(service.sessions.length - made, version === 'TLSv1.2' ? 0 : 1);
      service.renew = true;
      assert.equal((await visit(other, version, session)).resumed, true);
      assert.equal(service.sessions.length - made, version === 'TLSv1.2' ? 1 : 2);
      service.knowsNone = true;
      assert.equal((await visit(other, version, session)).resumed, false);
    });
  }

  test(`${version}: a client for which no ticket is made is served without one`, async () => {
    for (const nothing of [undefined, new Uint8Array(0)]) {
      const service = new Numbered();
      const ticketProtection = { seal: () => nothing, open: (ticket: Uint8Array) => service.open(ticket) };
      await using server = await testServer({ ticketProtection });
      const { session, error } = await visit(server, version);
      assert.equal(error, undefined);
      if (session !== undefined) assert.equal((await visit(server, version, session)).resumed, false);
    }
  });

  test(`${version}: what no ticket can be, and an exception, end the handshake`, async () => {
    for (const [seal, expected] of [
      [() => new Uint8Array(0x10000), 'ERR_SSL_BAD_DATA_RETURNED_BY_CALLBACK'],
      [() => Promise.reject(Object.assign(new Error('out of order'), { code: 'EOUT' })), 'EOUT'],
    ] as const) {
      await using server = await testServer({ ticketProtection: { seal, open: () => undefined }, maxVersion: version });
      const { error } = await visit(server, version);
      assert.equal((error as NodeJS.ErrnoException).code, expected);
    }
  });

  test(`${version}: a ticket whose session is none leads to a full handshake`, async () => {
    const service = new Numbered();
    await using server = await testServer({ ticketProtection: service });
    const { session } = await visit(server, version);
    for (let at = 0; at < service.sessions.length; at++) service.sessions[at] = Buffer.from('no DER');
    const { resumed, error } = await visit(server, version, session);
    assert.deepEqual([resumed, error], [false, undefined]);
  });
}

test('there are no ticket keys beside it', () => {
  const server = createServer({ ticketProtection: new Numbered() });
  const refused = { code: 'ERR_SERVERHELLO_NOT_AVAILABLE' };
  assert.throws(() => server.getTicketKeys(), refused);
  assert.throws(() => server.setTicketKeys(Buffer.alloc(48)), refused);
  const both = { ticketProtection: new Numbered(), ticketKeys: Buffer.alloc(48) };
  assert.throws(() => createServer(both), { code: 'ERR_SERVERHELLO_INVALID_OPTION' });
});
