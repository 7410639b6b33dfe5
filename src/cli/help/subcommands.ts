/** A first word without a dash, under either name of the program. */
export interface Subcommand {
  readonly name: string;
  readonly takes: string;
  readonly help: string;
}

export const subcommands = [
  { name: 'completion', takes: 'bash', help: 'Print a script that completes options in bash' },
  { name: 'grades', takes: '[-json]', help: 'Print the rules that report cards of clients are graded by' },
  { name: 'help', takes: 'word', help: 'Display the options and commands that are about this word' },
  {
    name: 'read',
    takes: 'file|-',
    help: 'Print the report card of a ClientHello (-json, -html), also out of a capture',
  },
  { name: 'verify', takes: 'options files', help: 'Verify certificates as "openssl verify" does' },
] as const satisfies readonly Subcommand[];
