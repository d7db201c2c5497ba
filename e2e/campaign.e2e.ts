import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Campaign, Interaction } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { type CallRecord, numbersCalledTwice } from '../main/practice/index.ts';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { AGENT_HZ, TestBrowser } from './support/browser.ts';
import { CampaignAgent } from './support/campaign-agent.ts';
import {
  type CampaignDebtor,
  campaignCsv,
  campaignDebtors,
  campaignScenario,
} from './support/campaign-debtors.ts';
import { heardTone } from './support/heard-by-carrier.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { Product } from './support/product.ts';
import { readRecording } from './support/read-recording.ts';
import { until } from './support/until.ts';

const CAMPAIGN = 'Thirty by keyboard';
const OTHER_AGENT_HZ = 520;
const debtors = campaignDebtors();
const answering = debtors.filter(({ answers }) => answers);
const calledBack = debtors.find(({ outcome }) => outcome === '5');
const count = (outcome: string) => answering.filter((one) => one.outcome === outcome).length;
const expectedCounters = {
  entries: 30,
  pending: 0,
  waiting: 0,
  inProgress: 0,
  done: 30,
  skipped: 0,
  attempts: 31,
  answered: answering.length + 1,
  connected: answering.length + 1,
  abandoned: 0,
  busy: 1,
  noAnswer: 1,
  failed: 3,
  interrupted: 0,
  promises: count('2'),
  dispositions: {
    paid: count('1') + 1,
    promise: count('2'),
    refuses: count('3'),
    wrongNumber: count('4'),
    callback: 1,
    dispute: count('7'),
    doNotCall: count('9'),
  },
};

describe.skipIf(!hasPeer('chromium')).each([1, 2])(
  'a campaign of 30 debtors, %d at work',
  (agentCount) => {
    const scenarioFile = join(tmpdir(), `dialdesk-e2e-campaign-${process.pid}.json`);
    let product: Product;
    const browsers: TestBrowser[] = [];
    let lead: LeadPage;
    const met = new Set<CampaignDebtor>();
    const agents: { page: AgentPage; worker: CampaignAgent; hz: number }[] = [];
    let campaign: Campaign;

    beforeAll(async () => {
      writeFileSync(scenarioFile, JSON.stringify(campaignScenario(debtors)));
      product = new Product({ scenarioFile });
      const page = await agentAt(AGENT_HZ, await product.address());
      lead = new LeadPage(page.page);
    });

    beforeEach(() =>
      keepEvidence(
        () => browsers,
        () => product,
      ),
    );

    afterAll(async () => {
      for (const browser of browsers) await browser.close();
      await product?.stop();
      rmSync(scenarioFile, { force: true });
    });

    async function agentAt(hz: number, address: string): Promise<AgentPage> {
      const browser = await TestBrowser.open(hz);
      browsers.push(browser);
      const page = new AgentPage((await browser.newPage()).page);
      await page.logIn(address);
      agents.push({ page, worker: new CampaignAgent(page, debtors, met), hz });
      return page;
    }

    const current = () => product.rpc('campaign.get', { campaignId: campaign.campaignId });

    it('is imported and set up in the window', async () => {
      const buffer = Buffer.from(campaignCsv(debtors));
      await lead.chooseFile({ name: 'thirty.csv', mimeType: 'text/csv', buffer });
      await lead.main.getByText('30 records', { exact: true }).waitFor();
      await lead.commitImport('Thirty');
      await lead.createCampaign(CAMPAIGN, {
        'Way of dialing': { 'Let it ring': '5' },
        'Numbers and retries': { 'Attempts for each debtor': '1' },
      });
      const { campaigns } = await product.rpc('campaign.list', {});
      campaign = campaigns.find(({ name }) => name === CAMPAIGN) as Campaign;
      expect(campaign.settings).toMatchObject({
        ringTimeoutMs: 5000,
        retry: { maxAttemptsPerDebtor: 1 },
      });
    });

    if (agentCount === 2) it('is joined by a second person with an invitation link', inviteSecond);

    async function inviteSecond(): Promise<void> {
      await lead.goTo('/people', 'People');
      await lead.page.getByLabel('Name', { exact: true }).fill('Second Agent');
      await lead.page.getByRole('button', { name: 'Add and make a link' }).click();
      const link = await lead.page.getByLabel('Link', { exact: true }).inputValue();
      const second = await agentAt(OTHER_AGENT_HZ, link);
      await second.page.getByRole('button', { name: /^Second Agent/ }).waitFor();
    }

    it('runs to its end, with the keyboard alone and with audio both ways on every call', async () => {
      for (const { page } of agents) await page.goReady();
      await lead.goTo(`/campaigns/${campaign.campaignId}`, CAMPAIGN);
      await lead.startCampaign(CAMPAIGN);
      const isOver = async () => (await current()).status === 'finished';
      await Promise.all(agents.map(({ worker }) => worker.work(isOver)));
      const handled = agents.flatMap(({ worker }) => worker.handled);
      expect(handled).toHaveLength(answering.length + 1);
      for (const { debtor, heardDbfs } of handled) {
        expect(heardDbfs, debtor.name).toBeGreaterThan(-24);
        expect(heardDbfs, debtor.name).toBeLessThan(-16);
      }
      for (const { worker } of agents) expect(worker.handled.length).toBeGreaterThan(5);
    });

    it('was heard by the carrier: one call after another, each agent in every conversation of theirs', () => {
      const calls = product.calls();
      expect(calls).toHaveLength(31);
      expect(calls.filter(({ stillUp }) => stillUp)).toEqual([]);
      expect(numbersCalledTwice(calls)).toEqual([calledBack?.number]);
      for (const { worker, hz } of agents) {
        const numbers = new Set(worker.handled.map(({ debtor }) => debtor.number));
        const own = calls.filter(({ to }) => numbers.has(to));
        if (agentCount === 1) expectOneAfterAnother(own);
        const mute = own.filter((call) => call.to !== calledBack?.number && !heardTone(call, hz));
        expect(mute.map(({ to }) => to)).toEqual([]);
      }
    });

    it('stands in the counters, on the lead’s page and in the history with the same numbers', async () => {
      const { counters } = await current();
      expect(counters).toMatchObject(expectedCounters);
      const history = await historyOfAll();
      expect(tally(history)).toEqual({
        attempts: counters.attempts,
        answered: counters.answered,
        busy: counters.busy,
        noAnswer: counters.noAnswer,
        failed: counters.failed,
        promises: counters.promises,
        dispositions: counters.dispositions,
        talkTimeMs: counters.talkTimeMs,
      });
      await lead.goTo(`/live?campaign=${campaign.campaignId}`, 'Live');
      for (const id of Object.keys(expectedCounters) as (keyof typeof expectedCounters)[]) {
        const value = counters[id];
        if (typeof value === 'number' && !(id === 'interrupted' || id === 'entries')) {
          await lead.shows(id, value);
        }
      }
      for (const [code, value] of Object.entries(counters.dispositions)) {
        await lead.shows(`disposition-${code}`, value);
      }
      await lead.main.getByText('30 debtors on the list').waitFor();
    });

    it('left notes, promises and a recording of every conversation, with both voices', async () => {
      const history = await historyOfAll();
      const talks = history.filter(({ attemptResult }) => attemptResult === 'answered');
      expect(talks.filter(({ recordingId }) => recordingId === null)).toEqual([]);
      const notes = JSON.stringify(history).match(/Spoke with/g) ?? [];
      expect(notes.length).toBeGreaterThanOrEqual(
        answering.filter(({ index }) => index % 5 === 0).length,
      );
      const { debtor, hz } = firstHandled();
      const talk = talks.find(({ peer }) => peer === debtor.number);
      if (!talk?.recordingId) throw new Error('no recording');
      const recording = await readRecording(product, talk.recordingId);
      expect(recording.channels.map(({ dominantHz }) => dominantHz).sort(byNumber)).toEqual([
        expect.closeTo(hz, -1),
        expect.closeTo(debtor.hz, -1),
      ]);
    });

    it('plays a recording in the page', async () => {
      const { debtor } = firstHandled();
      await lead.goTo(`/debtor/${await debtorIdOf(debtor.reference)}`, debtor.name);
      const play = lead.page.getByRole('button', { name: /^Play: / }).first();
      await play.click();
      await lead.page.getByRole('slider', { name: /^Position: / }).waitFor();
      const player = lead.page.locator('audio');
      await until('the player runs', () =>
        player.evaluate(
          (audio: HTMLAudioElement) => audio.currentTime > 0.3 && audio.duration > 0.3,
        ),
      );
      expect(await player.evaluate((audio: HTMLAudioElement) => audio.error)).toBeNull();
      for (const browser of browsers) browser.checkPages();
    });

    function firstHandled() {
      const [agent] = agents;
      const first = agent?.worker.handled.find(({ debtor }) => debtor.outcome !== '5');
      if (!agent || !first) throw new Error('nobody was talked to');
      return { debtor: first.debtor, hz: agent.hz };
    }

    async function debtorIdOf(reference: string): Promise<DebtorId> {
      const { rows } = await product.rpc('debtor.list', { search: reference });
      const row = rows.find(({ externalRef }) => externalRef === reference);
      if (!row) throw new Error(`no debtor ${reference}`);
      return row.debtorId;
    }

    async function historyOfAll(): Promise<Interaction[]> {
      const all: Interaction[] = [];
      for (const { reference } of debtors) {
        const debtorId = await debtorIdOf(reference);
        all.push(...(await product.rpc('debtor.history', { debtorId })).items);
      }
      return all;
    }
  },
);

const byNumber = (a: number | null, b: number | null) => (a ?? 0) - (b ?? 0);

function expectOneAfterAnother(calls: readonly CallRecord[]): void {
  const inOrder = [...calls].sort((a, b) => a.invitedAt - b.invitedAt);
  for (const [index, call] of inOrder.entries()) {
    const before = inOrder[index - 1];
    if (before) expect(call.invitedAt).toBeGreaterThanOrEqual(before.endedAt ?? Infinity);
  }
}

/** The same numbers as the counters, counted from what a person reads in the history. */
function tally(history: readonly Interaction[]) {
  const calls = history.filter(({ channel }) => channel === 'call');
  const ended = (...results: string[]) =>
    calls.filter(({ attemptResult }) => results.includes(attemptResult ?? '')).length;
  const dispositions: Record<string, number> = {};
  for (const { dispositionCode: code } of calls) {
    if (code !== null) dispositions[code] = (dispositions[code] ?? 0) + 1;
  }
  return {
    attempts: calls.length,
    answered: ended('answered'),
    busy: ended('busy'),
    noAnswer: ended('noAnswer'),
    failed: ended('invalidNumber', 'networkFailure', 'rejected'),
    promises: calls.filter(({ promise }) => promise !== null).length,
    dispositions,
    talkTimeMs: calls.reduce((sum, { talkTimeMs }) => sum + (talkTimeMs ?? 0), 0),
  };
}
