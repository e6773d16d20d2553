import { TerraformElement } from 'cdktf';
import Module from 'node:module';

/** One element that was made directly by `new`, and the class to make it again with. */
export interface RecordedElement {
  /** What was given to `import`, such as `@cdktf/provider-aws/lib/sns-topic`. */
  readonly module: string;
  readonly className: string;
  readonly element: TerraformElement;
  /** What stood after the scope: id and configuration, or the configuration alone. */
  readonly args: readonly unknown[];
}

type Load = (request: string, ...rest: readonly unknown[]) => unknown;

/** Modules whose classes are Terraform's own elements. */
const ELEMENT_MODULES = /^(cdktf|@cdktf\/provider-[a-z]+\/lib\/.+)$/;

const recorded: RecordedElement[] = [];
const load = Reflect.get(Module, '_load') as Load;

// From here on each module that asks for a provider's class gets one that takes notes. Whoever imports this file must
// do so before anything that imports a construct.
Reflect.set(Module, '_load', function (this: unknown, request: string, ...rest: readonly unknown[]): unknown {
  const exported = Reflect.apply(load, this, [request, ...rest]);
  return ELEMENT_MODULES.test(request) ? withNotes(request, exported as object) : exported;
});

/** Everything that was made since this module was loaded, in the order of its making. */
export function recordedElements(): readonly RecordedElement[] {
  return recorded;
}

const noting = new Map<object, object>();

function withNotes(module: string, exported: object): object {
  const known = noting.get(exported);
  if (known !== undefined) return known;
  const classes = new Map<unknown, unknown>();
  const wrapped = new Proxy(exported, {
    get(target, name): unknown {
      const value: unknown = Reflect.get(target, name);
      if (!isElementClass(value)) return value;
      if (!classes.has(value)) classes.set(value, notingClass(module, value));
      return classes.get(value);
    },
  });
  noting.set(exported, wrapped);
  return wrapped;
}

type ElementClass = new (...args: readonly unknown[]) => TerraformElement;

function isElementClass(value: unknown): value is ElementClass {
  return typeof value === 'function' && value.prototype instanceof TerraformElement;
}

function notingClass(module: string, original: ElementClass): ElementClass {
  const wrapper: ElementClass = new Proxy(original, {
    construct(target, args: readonly unknown[], newTarget): object {
      const element = Reflect.construct(target, args, newTarget) as TerraformElement;
      // A base class is constructed through here as well, on behalf of the class that was asked for.
      if (newTarget === wrapper) {
        recorded.push({ module, className: original.name, element, args: args.slice(1) });
      }
      return element;
    },
  });
  return wrapper;
}
