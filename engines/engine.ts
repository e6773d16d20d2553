/** `go install <package>@<version>`: upstream's module has no replace or exclude directive. */
export interface GoInstallRecipe {
  readonly kind: 'go-install';
  readonly package: string;
  /** Module version, as the Go proxy knows it. */
  readonly moduleVersion: string;
}

/** `go build <package>` in a module of our own, whose go.sum pins every dependency. */
export interface GoModuleRecipe {
  readonly kind: 'go-module';
  /** Folder below engines/ that holds go.mod. */
  readonly directory: string;
  readonly package: string;
  /** Module and version that go.mod must require. */
  readonly requires: string;
  /**
   * Build tags.
   *
   * @default - none
   */
  readonly tags?: readonly string[];
  /**
   * Values set by the linker, `package.variable=value`.
   *
   * @default - none
   */
  readonly linkValues?: readonly string[];
}

/** A shell script beside the recipes, run with the module version and the file to write: for what no Go command can do. */
export interface ScriptRecipe {
  readonly kind: 'script';
  /** Script below engines/. */
  readonly script: string;
  /** Module version, as the Go proxy knows it. */
  readonly moduleVersion: string;
}

/** A command of a package in the shared Python environment, pinned in engines/python/requirements.txt. */
export interface PythonRecipe {
  readonly kind: 'python';
  /** The line that requirements.txt must hold. */
  readonly requirement: string;
}

/** How an engine gets onto this machine. */
export type Recipe = GoInstallRecipe | GoModuleRecipe | ScriptRecipe | PythonRecipe;

/** One real program that engine tests use. */
export interface Engine {
  /** Name of the binary, and of the engine everywhere else. */
  readonly name: string;
  /** What the tests learn from it. */
  readonly purpose: string;
  /** Version of the program, as its makers call it. */
  readonly version: string;
  readonly recipe: Recipe;
}
