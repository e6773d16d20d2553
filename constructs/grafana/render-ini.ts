/** Sections of an ini file, each with its keys. */
export type IniFile = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/**
 * Writes an ini file as Grafana's reader takes it (ini.unknwon.io/docs/intro/getting_started): a value with `#` or `;`
 * stands in triple quotes, since both begin a comment.
 *
 * @throws Error if a value spans lines
 */
export function renderIni(file: IniFile): string {
  const sections = Object.entries(file).map(([section, keys]) => {
    const lines = Object.entries(keys).map(
      ([key, value]) => `${key} = ${iniValue(value, `${section}.${key}`)}`,
    );
    return [`[${section}]`, ...lines, ''].join('\n');
  });
  return sections.join('\n');
}

function iniValue(value: string | number | boolean, place: string): string {
  const text = String(value);
  if (/[\r\n]/.test(text)) throw new Error(`${place}: an ini value must stand on one line`);
  return /[#;]/.test(text) ? `"""${text}"""` : text;
}
