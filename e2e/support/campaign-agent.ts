import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { AgentPage } from './agent-page.ts';
import type { CampaignDebtor } from './campaign-debtors.ts';

/** The carrier measures once a second what its debtor hears, and until now that was the announcement. */
const CARRIER_LOOKS_EVERY_MS = 1_100;
/** Callbacks are typed on the debtor's clock. */
const DEBTORS_ZONE = 'Europe/London';

/** What one agent did with one call. */
export interface Handled {
  debtor: CampaignDebtor;
  /** loudness of the debtor in the page, dBFS */
  heardDbfs: number;
}

/** An agent who works a campaign with the keyboard alone, until nobody calls any more. */
export class CampaignAgent {
  readonly handled: Handled[] = [];
  readonly #agent: AgentPage;
  readonly #debtors: readonly CampaignDebtor[];
  readonly #met: Set<CampaignDebtor>;

  /** @param met debtors whom any agent has talked to: one who asked for a callback may meet another agent */
  constructor(agent: AgentPage, debtors: readonly CampaignDebtor[], met: Set<CampaignDebtor>) {
    this.#agent = agent;
    this.#debtors = debtors;
    this.#met = met;
  }

  /** @param isOver the campaign has ended */
  async work(isOver: () => Promise<boolean>): Promise<void> {
    while (await this.#nextCall(isOver)) await this.#handle();
  }

  async #nextCall(isOver: () => Promise<boolean>): Promise<boolean> {
    for (;;) {
      if (await this.#agent.call.getByText('Talking').isVisible()) return true;
      if (await isOver()) return false;
    }
  }

  async #handle(): Promise<void> {
    const agent = this.#agent;
    const card = await agent.connected();
    const debtor = this.#debtors.find(({ name }) => card.includes(name));
    if (!debtor) throw new Error(`the card of ${card}, who is not on the list`);
    const again = this.#met.has(debtor);
    this.#met.add(debtor);
    const heardDbfs = await agent.hears(debtor.hz);
    await agent.recording();
    await agent.hears(debtor.hz);
    await wait(CARRIER_LOOKS_EVERY_MS);
    if (debtor.index % 5 === 0) await agent.note(`Spoke with ${debtor.name}`);
    if (debtor.hangsUp === 'agent') await agent.hangUp();
    else await agent.outcome.waitFor();
    expect(await agent.debtorName.textContent(), 'the card stays in wrap-up').toBe(card);
    await this.#dispose(debtor, again);
    this.handled.push({ debtor, heardDbfs });
  }

  async #dispose(debtor: CampaignDebtor, again: boolean): Promise<void> {
    const agent = this.#agent;
    if (debtor.outcome === '2') {
      await agent.press('2');
      await agent.type('50');
      await agent.press('Enter');
    } else if (debtor.outcome === '5' && !again) {
      await agent.press('5');
      await agent.typeTime(nextMinute(Date.now()), DEBTORS_ZONE);
      await agent.press('Enter');
    } else await agent.press(debtor.outcome === '5' ? '1' : debtor.outcome);
    // the next call may come at once: what goes is this debtor's outcome, not every outcome
    await agent.until(`the outcome of ${debtor.name} is saved`, async () => {
      const open = (await agent.outcome.isVisible()) && (await agent.debtorName.textContent());
      return open === false || !open?.includes(debtor.name);
    });
  }
}

/** The first whole minute that is far enough away to be typed in. */
function nextMinute(now: number): number {
  return Math.ceil((now + 8_000) / 60_000) * 60_000;
}
