/** Ends what is told about a command line that cannot be parsed. */
export const summaryLine = 's_server: Use -help for summary.\n';
