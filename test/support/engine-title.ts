import { ENGINES, type EngineName } from '../../engines/engines';

/** `jaeger 2.13.0 (the image is 2.19.0)`: what runs here, and what runs in the cluster where that is another version. */
export function engineTitle(name: EngineName, image: string): string {
  const engine = ENGINES.find((candidate) => candidate.name === name);
  if (engine === undefined) throw new Error(`${name} is no engine`);
  const deployed = image.replace(/^.*:v?/, '');
  const here = `${name} ${engine.version}`;
  return deployed === engine.version ? here : `${here} (the image is ${deployed})`;
}
