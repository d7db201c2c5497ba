import { describe, expect, it } from 'vitest';
import { type CampaignCommand, nextCampaignStatus } from './campaign-machine.ts';

const commands: CampaignCommand[] = ['start', 'pause', 'resume', 'stop', 'listEmpty'];
const table = {
  draft: 'running - - - -',
  running: '- paused - stopped finished',
  paused: 'running - running stopped -',
  stopped: 'running - - - -',
  finished: 'running - - - -',
} as const;

describe('campaign machine', () => {
  for (const [status, row] of Object.entries(table))
    row.split(' ').forEach((expected, index) => {
      it(`${status} on ${commands[index]}: ${expected}`, () => {
        const next = nextCampaignStatus(status as keyof typeof table, commands[index]!);
        expect(next ?? '-').toBe(expected);
      });
    });
});
