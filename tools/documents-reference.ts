import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { destinationsOf, type Deployed } from '../check/documents/destinations';
import { documentFindings } from '../check/documents/document-findings';
import { viewDocuments } from '../check/documents/document-view';
import type { Finding } from '../check/finding';
import { readContent, type Content } from '../content/content';
import { readDocumentFiles, type DocumentFiles } from '../content/source-document';
import { prod } from '../environments/prod';
import { monitoringModel, type MonitoringModel } from '../stacks/monitoring-model';
import { printFindings } from '../stacks/output';
import { documentsPage } from './documents-page';

/** The page of what the documents asked for, from the repository's root. */
export const DOCUMENTS_PAGE = 'docs/documents.md';

/**
 * The page, made from the tables in `documents/` and the content that they refer to.
 *
 * @returns the text, and which references lead nowhere; with findings there is no text
 */
export function renderDocumentsPage(
  files: DocumentFiles,
  content: Content,
): { readonly findings: readonly Finding[]; readonly text?: string } {
  const views = viewDocuments(files);
  const destinations = destinationsOf(content, deployedBy(monitoringModel(prod, content)));
  const findings = documentFindings(views, destinations);
  if (findings.length > 0) return { findings };
  return { findings, text: documentsPage(views, destinations) };
}

/** What production has: it keeps the plain names, and has every receiver. */
function deployedBy({ environment, aws, routing }: MonitoringModel): Deployed {
  return {
    environment: environment.name,
    thresholds: { ...environment.thresholds },
    routing,
    alarms: (aws?.alarms ?? []).map(({ name }) => name),
    topics: (aws?.topics ?? []).map(({ key, name }) => ({
      name,
      protocols: (aws?.subscriptions ?? [])
        .filter(({ topic }) => topic === key)
        .map(({ protocol }) => protocol),
    })),
    autoscaled: environment.autoscaling === undefined ? [] : [environment.autoscaling.deployment],
  };
}

/** Rewrites docs/documents.md from documents/*.yaml. */
function main(): number {
  const root = join(__dirname, '..');
  const { text, findings } = renderDocumentsPage(readDocumentFiles(root), readContent(root));
  printFindings(findings);
  if (text === undefined) return 1;
  const file = join(root, DOCUMENTS_PAGE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return 0;
}

if (require.main === module) process.exitCode = main();
