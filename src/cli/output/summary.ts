/** summaryLine is the last line of a usage error. */
export const summaryLine = 's_server: Use -help for summary.\n';
