/**
 * The dump with offset, bytes and text column that `-debug`, `-tlsextdebug` and the session text print: 16 bytes a row,
 * fewer when indented by more than 6 columns, a dash after the eighth byte.
 */
export function hexDump(bytes: Uint8Array, indent = 0): string {
  const columns = Math.min(indent, 64);
  const width = 16 - Math.floor((columns - Math.min(columns, 6) + 3) / 4);
  let text = '';
  for (let at = 0; at < bytes.length; at += width) {
    text += `${' '.repeat(columns)}${at.toString(16).padStart(4, '0')} - ${row(bytes.subarray(at, at + width), width)}\n`;
  }
  return text;
}

function row(bytes: Uint8Array, width: number): string {
  let cells = '';
  let column = '';
  for (let i = 0; i < width; i++) {
    const byte = bytes[i];
    if (byte === undefined) {
      cells += '   ';
      continue;
    }
    cells += byte.toString(16).padStart(2, '0') + (i === 7 ? '-' : ' ');
    column += byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.';
  }
  return `${cells}  ${column}`;
}
