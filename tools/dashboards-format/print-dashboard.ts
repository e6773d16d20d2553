import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';
import { JsonFile } from '../../content/json-file';
import { normaliseDashboard } from './normalise-dashboard';

/**
 * The text of a dashboard file in the repository's form, which is also the one that `npm run format:check` asks for.
 *
 * @param text what the file holds
 * @param printWidth columns of a line, from `.prettierrc.json`
 * @throws Error with the place where the text is not JSON, or where it is no dashboard
 */
export async function formatDashboard(text: string, printWidth: number): Promise<string> {
  const { value, problems } = new JsonFile(text);
  const problem = problems[0];
  if (problem !== undefined) {
    const { line, column } = problem.position;
    throw new Error(`${String(line)}:${String(column)} ${problem.message}`);
  }
  const spread = JSON.stringify(normaliseDashboard(value), null, 2);
  return format(spread, { parser: 'json', plugins: [babel, estree], printWidth });
}
