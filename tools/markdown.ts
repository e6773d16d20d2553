/** A text in the type of code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A row of a table: what would end a cell, or be taken for a tag, is written so that it does not. */
export function row(cells: readonly string[]): string {
  const plain = cells.map((cell) =>
    cell
      .replaceAll('|', String.raw`\|`)
      .replaceAll(/<(?!br>)/g, '&lt;')
      .replaceAll(/\s+/g, ' '),
  );
  return `| ${plain.join(' | ')} |`;
}
