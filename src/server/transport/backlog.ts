/** Output that the process has produced and nobody has taken yet. While it is full, connections stand still. */
export interface Backlog {
  readonly full: boolean;
  /** Calls back once, when it is not full any more. To be called while it is full. */
  whenRoom(proceed: () => void): void;
}
