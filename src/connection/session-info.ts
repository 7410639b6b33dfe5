export type { SessionInfo } from '../handshake/session-info.ts';
