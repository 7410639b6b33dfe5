/** Backlog is output that the process has produced and that is still unwritten. Connections pause while it is full. */
export interface Backlog {
  readonly full: boolean;
  /** Calls back once, when there is room again. To be called while it is full. */
  whenRoom(proceed: () => void): void;
}
