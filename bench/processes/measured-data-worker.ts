import { reportMemory } from '../worker-memory.ts';

/** The product's data worker, which tells how large it grows. */
reportMemory();
await import('../../main/data/data-worker.ts');
