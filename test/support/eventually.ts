/** Waiting in tests is the waiting of the tools. */
export * from '../../tools/processes/eventually';
