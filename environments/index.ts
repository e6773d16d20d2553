import { dev } from './dev';
import type { Environment } from './environment';
import { local } from './local';
import { prod } from './prod';
import { staging } from './staging';

/** Every environment that `npm run synth` writes. A new one is added here. */
export const environments: readonly Environment[] = [local, dev, staging, prod];
