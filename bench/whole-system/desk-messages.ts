import type { LoginCode } from '#shared/contract/index.ts';
import type { Scenario } from '../pacing/scenario.ts';

/** One agent, as the benchmark hires them. */
export interface Seat {
  /** of the whole team, from 0 */
  index: number;
  login: LoginCode;
}

/** What one talk was, on the agent's own clock; instants are epoch ms. */
export interface DeskCall {
  agentIndex: number;
  callId: string;
  /** the desktop was told */
  toldAt: number;
  /** the first sound on the line; null: none */
  soundAt: number | null;
  /** the debtor's tone; null: none of those that there are */
  heardHz: number | null;
  hungUpAt: number;
  wrapUpAt: number;
  disposedAt: number;
}

export type ToDesks =
  | { type: 'sit'; url: string; seats: readonly Seat[]; scenario: Scenario; seed: number }
  | { type: 'go-home' };

export type FromDesks =
  | { type: 'seated' }
  | { type: 'gone'; calls: readonly DeskCall[]; problems: readonly string[] };
