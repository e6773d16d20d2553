/** One resource, data source, provider or backend, with everything in it written out. */
export interface LiteralElement {
  readonly module: string;
  readonly className: string;
  readonly stack: string;
  /** Construct ids from below the stack, its own last. */
  readonly path: readonly string[];
  /** The arguments after the scope. */
  readonly args: readonly unknown[];
  /** @default - the one that cdktf makes of the path */
  readonly logicalId?: string;
  /** @default - waits for nothing by itself */
  readonly dependsOn?: readonly string[];
  /** Escape hatches of the element. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /** Escape hatches of its stack. */
  readonly stackOverrides: Readonly<Record<string, unknown>>;
}

/** Folder that the program writes into, from where it is started. */
export const BASELINE_OUTPUT = 'cdktf.out';

/**
 * The text of a program that makes exactly these elements from literals: no model, no check, no function of ours. It is
 * what cdktf itself costs for this output.
 */
export function baselineProgram(elements: readonly LiteralElement[]): string {
  const scopes = new Map<string, string>();
  return [
    ...imports(elements),
    `const app = new App({ outdir: '${BASELINE_OUTPUT}' });`,
    ...elements.flatMap((element, index) => [
      ...openScopes(element, scopes),
      ...statements(element, `e${String(index)}`, scopes),
    ]),
    'app.synth();',
    '',
  ].join('\n');
}

/** Four stacks, or as many as there are names, with nothing in them. */
export function emptyProgram(stacks: readonly string[]): string {
  return [
    `import { App, TerraformStack } from 'cdktf';`,
    `const app = new App({ outdir: '${BASELINE_OUTPUT}' });`,
    ...stacks.map((stack) => `new TerraformStack(app, '${stack}');`),
    'app.synth();',
    '',
  ].join('\n');
}

function imports(elements: readonly LiteralElement[]): string[] {
  const classes = new Map([['cdktf', new Set(['App', 'TerraformStack'])]]);
  for (const { module, className } of elements) {
    classes.set(module, (classes.get(module) ?? new Set()).add(className));
  }
  return [
    `import { Construct } from 'constructs';`,
    ...[...classes].map(([module, names]) =>
      module === 'cdktf'
        ? `import { ${[...names].join(', ')} } from 'cdktf';`
        : `import { ${[...names].map((name) => `${name} as ${alias(module, name)}`).join(', ')} } from '${module}';`,
    ),
  ];
}

/** Two providers may have a class of the same name. */
function alias(module: string, name: string): string {
  return module === 'cdktf' ? name : `${name}${(/provider-([a-z]+)/.exec(module) ?? [])[1] ?? ''}`;
}

/** The stack and the constructs above an element, each once. */
function openScopes(element: LiteralElement, scopes: Map<string, string>): string[] {
  const opened: string[] = [];
  const open = (path: string, expression: string): void => {
    if (scopes.has(path)) return;
    const variable = `s${String(scopes.size)}`;
    scopes.set(path, variable);
    opened.push(`const ${variable} = ${expression};`);
  };
  open(element.stack, `new TerraformStack(app, '${element.stack}')`);
  if (opened.length > 0) opened.push(...overrides(scopes.get(element.stack) ?? '', element.stackOverrides));
  for (let length = 1; length < element.path.length; length++) {
    const path = pathOf(element, length);
    open(
      path,
      `new Construct(${scopes.get(pathOf(element, length - 1)) ?? ''}, '${element.path[length - 1] ?? ''}')`,
    );
  }
  return opened;
}

function statements(element: LiteralElement, variable: string, scopes: Map<string, string>): string[] {
  const { module, className, args, logicalId, dependsOn } = element;
  const scope = scopes.get(pathOf(element, element.path.length - 1)) ?? '';
  scopes.set(pathOf(element, element.path.length), variable);
  const given = [scope, ...args.map((value) => JSON.stringify(value))].join(', ');
  return [
    `const ${variable} = new ${alias(module, className)}(${given});`,
    ...(logicalId === undefined ? [] : [`${variable}.overrideLogicalId('${logicalId}');`]),
    ...(dependsOn === undefined ? [] : [`${variable}.dependsOn = ${JSON.stringify(dependsOn)};`]),
    ...overrides(variable, element.overrides),
  ];
}

function overrides(variable: string, raw: Readonly<Record<string, unknown>>, path = ''): string[] {
  return Object.entries(raw).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? overrides(variable, value as Readonly<Record<string, unknown>>, `${path}${key}.`)
      : [`${variable}.addOverride('${path}${key}', ${JSON.stringify(value)});`],
  );
}

function pathOf({ stack, path }: LiteralElement, length: number): string {
  return [stack, ...path.slice(0, length)].join('/');
}
