import type { CampaignStatus } from '#shared/contract/index.ts';

/**
 *   draft ─start─▶ running ◀─pause/resume─▶ paused
 *                    │  └──────listEmpty──────▶ finished ─start─▶ running
 *                    └─stop─▶ stopped ─start─▶ running          (paused ─stop─▶ stopped)
 *
 * `draft`: made, never started. `running`: dials. `paused`: no new calls, calls that are up go on. `stopped`: as
 * paused, and ringing calls are taken back. `finished`: nobody is left to call.
 */
export type CampaignCommand = 'start' | 'pause' | 'resume' | 'stop' | 'listEmpty';

/** @returns the next status, or null when the command is refused in this one */
export function nextCampaignStatus(
  status: CampaignStatus,
  command: CampaignCommand,
): CampaignStatus | null {
  return TABLE[status][command] ?? null;
}

const TABLE: Record<CampaignStatus, Partial<Record<CampaignCommand, CampaignStatus>>> = {
  draft: { start: 'running' },
  running: { pause: 'paused', stop: 'stopped', listEmpty: 'finished' },
  paused: { resume: 'running', start: 'running', stop: 'stopped' },
  stopped: { start: 'running' },
  finished: { start: 'running' },
};
