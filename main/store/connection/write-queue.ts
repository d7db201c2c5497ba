import type { WritePriority } from '../types.ts';

/** One write as it travels to the writer. */
export interface WriteRequest {
  id: number;
  name: string;
  input: unknown;
  priority: WritePriority;
  commandId: string | null;
}

export interface WriteQueue {
  add(request: WriteRequest): void;
  /**
   * The next write of a batch. An import chunk is given only to an empty batch, which then takes
   * further chunks by `takeImport`: what comes meanwhile waits for the chunk under way and the commit.
   * @param taken how many writes the batch has
   */
  take(taken: number): WriteRequest | undefined;
  /** The next import chunk, unless something more urgent waits: then its batch ends. */
  takeImport(): WriteRequest | undefined;
  readonly length: number;
  /** while true, chunks of imports wait: the log is about to be emptied */
  holdsImports: boolean;
  /** whether there is anything to take */
  readonly hasWork: boolean;
}

const ORDER: readonly WritePriority[] = ['call', 'command', 'message', 'import'];

/** First by priority, then by arrival. */
export function createWriteQueue(): WriteQueue {
  const lanes = new Map(ORDER.map((priority) => [priority, createLane()]));
  const lane = (priority: WritePriority) => lanes.get(priority) as Lane;
  let holdsImports = false;
  const isReady = (priority: WritePriority) =>
    lane(priority).length > 0 && !(holdsImports && priority === 'import');
  return {
    get holdsImports() {
      return holdsImports;
    },
    set holdsImports(value) {
      holdsImports = value;
    },
    get hasWork() {
      return ORDER.some(isReady);
    },
    add: (request) => lane(request.priority).push(request),
    take(taken) {
      for (const priority of ORDER) {
        if (!isReady(priority)) continue;
        if (priority === 'import' && taken > 0) return undefined;
        return lane(priority).shift();
      }
      return undefined;
    },
    takeImport() {
      const isUrgent = ORDER.some((priority) => priority !== 'import' && lane(priority).length > 0);
      return isUrgent || !isReady('import') ? undefined : lane('import').shift();
    },
    get length() {
      return ORDER.reduce((sum, priority) => sum + lane(priority).length, 0);
    },
  };
}

type Lane = ReturnType<typeof createLane>;

/** First in, first out, without moving what is left at each step. */
function createLane() {
  let items: (WriteRequest | undefined)[] = [];
  let head = 0;
  return {
    push(request: WriteRequest): void {
      items.push(request);
    },
    shift(): WriteRequest | undefined {
      const item = items[head];
      items[head] = undefined;
      head += 1;
      if (head === items.length) {
        items = [];
        head = 0;
      }
      return item;
    },
    get length(): number {
      return items.length - head;
    },
  };
}
