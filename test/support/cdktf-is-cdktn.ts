import Module from 'node:module';

type Resolve = (request: string, ...rest: readonly unknown[]) => string;

// As `npm install cdktf@npm:cdktn` would have it: whoever asks for cdktf, the provider packages too, gets its fork.
const resolve = Reflect.get(Module, '_resolveFilename') as Resolve;
Reflect.set(
  Module,
  '_resolveFilename',
  function (this: unknown, request: string, ...rest: readonly unknown[]) {
    return Reflect.apply(resolve, this, [request === 'cdktf' ? 'cdktn' : request, ...rest]);
  },
);
