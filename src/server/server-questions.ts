import type { EventEmitter } from 'node:events';
import type { StatusAnswer, StatusQuestion } from '../handshake/flow/status-lookup.ts';
import { askForStatus } from './status-requests.ts';

/** SessionDone is called by the application once the session is stored. */
export type SessionDone = () => void;

/** SessionFound takes the session that was looked up; none for an unknown one. An error ends the connection. */
export type SessionFound = (error: Error | null, session?: Uint8Array | null) => void;

/** ServerQuestions emits a handshake's questions as events of its server; undefined where nobody listens. */
export class ServerQuestions {
  private readonly server: EventEmitter;

  constructor(server: EventEmitter) {
    this.server = server;
  }

  offerSession(id: Uint8Array, session: Uint8Array): Promise<void> | undefined {
    if (this.server.listenerCount('newSession') === 0) return undefined;
    return new Promise((resolve) => {
      const done: SessionDone = () => resolve();
      this.server.emit('newSession', Buffer.from(id), Buffer.from(session), done);
    });
  }

  askForSession(id: Uint8Array): Promise<Uint8Array | undefined> | undefined {
    if (this.server.listenerCount('resumeSession') === 0) return undefined;
    return new Promise((resolve, reject) => {
      const found: SessionFound = (error, session) => {
        if (error) reject(error);
        else resolve(session ?? undefined);
      };
      this.server.emit('resumeSession', Buffer.from(id), found);
    });
  }

  askForStatus(question: StatusQuestion): StatusAnswer | Promise<StatusAnswer> {
    if (this.server.listenerCount('OCSPRequest') === 0) return [];
    return askForStatus(question, (...facts) => this.server.emit('OCSPRequest', ...facts));
  }
}
