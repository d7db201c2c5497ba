/**
 * Inside Electron only the shell can start processes: the engine asks it to. The two then talk over a message port of their own,
 * which passes by the shell. The shell checks these against `electron/engine-requests.schema.ts`.
 */
export type EngineToProcesses =
  | {
      type: 'spawn-child';
      childId: number;
      name: 'media' | 'practice-carrier' | 'practice-gateways';
      args: string[];
      env: Record<string, string>;
    }
  /** its port is closed already; it is ended when it has not ended after `graceMs` */
  | { type: 'stop-child'; childId: number; graceMs: number };

export type ProcessesToEngine =
  /** comes with the near end of the port */
  | { type: 'child-port'; childId: number; pid: number | undefined }
  | { type: 'child-exit'; childId: number; code: number | null };

/** First message to a child of the engine: the port that it takes for its parent. */
export const PARENT_PORT_MESSAGE = 'parent-port';
/** Set for a child whose parent is reached through that port. */
export const CHANNEL_VARIABLE = 'DIALDESK_PARENT_CHANNEL';
