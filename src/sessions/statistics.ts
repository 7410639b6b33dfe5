/**
 * Statistics holds the reference's counters of a context; the `S` key, the status page and the end of the program print
 * them.
 */
export class Statistics {
  accepts = 0;
  renegotiates = 0;
  finished = 0;
  hits = 0;
  misses = 0;
  timeouts = 0;
  callbackHits = 0;
  cacheFull = 0;
}
