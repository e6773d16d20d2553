/** What the tests start programs with is what `npm run demo` starts them with. */
export * from '../../tools/processes/program';
