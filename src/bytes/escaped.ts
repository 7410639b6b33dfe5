/** Text without control characters, which could move the cursor of a terminal or change its colours. */
export function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (it) => `\\x${it.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
