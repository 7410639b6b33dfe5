import type { Output } from './output/output.ts';

/** runSubcommand returns the exit code of a subcommand, or undefined for the command line of a server. */
export async function runSubcommand([name, ...words]: readonly string[], output: Output): Promise<number | undefined> {
  switch (name) {
    case 'completion':
      return words.length === 1 && words[0] === 'bash' ? printCompletion(output) : undefined;
    case 'help':
      return words.length <= 1 ? printHelp(words[0], output) : undefined;
    case 'grades':
      return (await import('./report/grades-command.ts')).gradesCommand(words, output);
    case 'read':
      return (await import('./report/read-command.ts')).readCommand(words, output);
    case 'verify':
      return (await import('./verify/command.ts')).verifyCommand(words, output);
    default:
      return undefined;
  }
}

async function printCompletion(output: Output): Promise<number> {
  const { bashCompletion } = await import('./help/completion.ts');
  output.out(bashCompletion());
  return 0;
}

async function printHelp(word: string | undefined, output: Output): Promise<number> {
  const { helpAbout } = await import('./help/help-about.ts');
  const { text, exitCode } = helpAbout(word);
  output.out(text);
  return exitCode;
}
