import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseLoginFragment } from '#shared/contract/index.ts';
import type { CallRecord } from '../../main/practice/index.ts';
import { CarrierProgram } from '../support/carrier-program.ts';
import { preparePracticeStore, readPracticeStore } from '../support/practice-store.ts';
import {
  auditAttempts,
  auditChanges,
  auditEntries,
  auditOutcomes,
  auditRecordings,
  statesAtDeath,
} from './support/accounts.ts';
import { makeKillPlans, seededRandom } from './support/kill-plan.ts';
import { type Death, MortalEngine } from './support/mortal-engine.ts';
import { AGENT_HZ, DEBTOR_HZ, type Heard, WorkingAgent } from './support/working-agent.ts';

const SEED = Number(process.env.DIALDESK_CRASH_SEED ?? 20_261);
const DEBTORS = 150;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

describe('an engine that is killed again and again', () => {
  it('accounts for every attempt, calls nobody twice and leaves nobody on the line', async () => {
    const random = seededRandom(SEED);
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-crash-'));
    undo.push(() => rmSync(directory, { recursive: true, force: true }));
    const dataDir = join(directory, 'data');
    const carrier = await CarrierProgram.start(scenario(), directory);
    undo.push(() => carrier.stop());
    const { campaignId } = await preparePracticeStore({
      dataDir,
      debtors: DEBTORS,
      carrierPort: carrier.port,
      settings: { wrapUpMs: null, retry: neverAgain, ringTimeoutMs: 5_000 },
    });
    const engine = await MortalEngine.make(dataDir, makeKillPlans(random));
    engine.start();
    undo.push(() => engine.stop());
    const agents = await hireAgents(engine, random);
    undo.push(() => Promise.all(agents.map((agent) => agent.close())));
    const [first] = agents;
    if (!first) throw new Error('nobody works');
    await first.node.send('campaign.start', { campaignId: campaignId as never });

    await engine.dieAsPlanned();
    await first.node.until(
      'campaign finished',
      async () =>
        (await first.node.send('campaign.get', { campaignId: campaignId as never })).status ===
        'finished',
      240_000,
    );
    await first.node.until('outcomes acknowledged', () =>
      agents.every((agent) => [...agent.disposals.values()].every((each) => each.acknowledged)),
    );
    await everyDialogEnded(dataDir, first);
    const { calls } = await carrier.status();
    await Promise.all(agents.map((agent) => agent.close()));
    await engine.stop();

    const { read, close } = await readPracticeStore(dataDir);
    undo.push(close);
    const disposals = agents.flatMap((agent) => [...agent.disposals.values()]);
    console.log({
      deaths: engine.deaths.map(
        ({ plan, asPlanned, lifeMs }) =>
          `${JSON.stringify(plan)} ${asPlanned ? '' : 'NOT REACHED '}after ${Math.round(lifeMs)} ms`,
      ),
      states: statesAtDeath(read, calls),
      calls: calls.length,
      conversations: disposals.length,
    });
    expect([
      ...auditAttempts(read, calls),
      ...auditOutcomes(read, disposals),
      ...auditEntries(read),
      ...(await auditRecordings(read, dataDir)),
      ...auditChanges(read),
      ...auditSound(agents, calls, engine.deaths),
      ...agents.flatMap((agent) => agent.problems),
    ]).toEqual([]);
    expect(engine.deaths.filter((death) => death.asPlanned).length).toBeGreaterThanOrEqual(20);
    expect(Object.keys(statesAtDeath(read, calls)).sort()).toEqual(
      expect.arrayContaining([
        'answered, not known to the engine',
        'dialing',
        'durable, INVITE never left',
        'reserved',
        'ringing',
        'talking',
        'talking with a recording',
      ]),
    );
  }, 600_000);
});

/** The last life has up to 32 s for the far ends of the lives before it (RFC 3261 §13.3.1.4). */
async function everyDialogEnded(dataDir: string, agent: WorkingAgent): Promise<void> {
  const { read, close } = await readPracticeStore(dataDir);
  const open = 'SELECT COUNT(*) AS n FROM dialog WHERE endedAt IS NULL';
  await agent.node
    .until('dialogs ended', () => read.get<{ n: number }>(open)?.n === 0, 40_000)
    .finally(close);
}

/** The owner, and two people who were invited. */
async function hireAgents(
  engine: MortalEngine,
  random: { next(): number },
): Promise<WorkingAgent[]> {
  const hire = (login: { keyId: string; code: string }) =>
    new WorkingAgent({
      url: engine.url,
      login,
      random,
      onMoment: (moment) => engine.onMoment(moment),
    });
  const owner = hire(await engine.firstLogin.promise);
  const agents = [owner];
  for (const displayName of ['Anna', 'Marek']) {
    const person = await owner.node.send('access.add-person', { displayName, role: 'agent' });
    const { url } = await owner.node.send('access.invite', { personId: person.personId });
    const login = parseLoginFragment(new URL(url).hash);
    if (!login) throw new Error(`no code in the invitation ${url}`);
    agents.push(hire(login));
  }
  await Promise.all(agents.map((agent) => agent.start()));
  return agents;
}

/**
 * Both ends heard each other in every call that lasted: after each restart as before the first. An engine that died in
 * the middle of a call left silence, which its agent may listen to before the next engine tells of it.
 */
function auditSound(
  agents: readonly WorkingAgent[],
  calls: readonly CallRecord[],
  deaths: readonly Death[],
): string[] {
  const wasCutOff = ({ at, talkedMs }: Heard) =>
    deaths.some((death) => death.at >= at - talkedMs && death.at <= at);
  const problems = agents.flatMap((agent) =>
    agent.heard
      .filter((heard) => heard.inTheCall && heard.talkedMs > 1_000 && heard.levelDbfs < -30)
      .filter((heard) => !wasCutOff(heard))
      .map((heard) => `agent heard ${heard.levelDbfs} dBFS at ${DEBTOR_HZ} Hz in ${heard.callId}`),
  );
  for (const call of calls) {
    const lastedMs = (call.endedAt ?? 0) - (call.answeredAt ?? 0);
    if (call.answeredAt === null || lastedMs < 2_500 || call.endedBy !== 'engine') continue;
    if (call.vanishedAt !== null || call.media === null) continue;
    const { dominantHz, packetsReceived } = call.media;
    if (packetsReceived > 100 && Math.abs((dominantHz ?? 0) - AGENT_HZ) > 5)
      problems.push(`call ${call.callNumber}: the debtor heard ${dominantHz} Hz`);
  }
  return problems;
}

const neverAgain = {
  busyMs: null,
  noAnswerMs: null,
  rejectedMs: null,
  machineMs: null,
  networkFailureMs: null,
  abandonedMs: null,
  maxAttemptsPerDebtor: 1,
};

/** Quick people of many tempers, so that calls are in many states at any time. */
function scenario(): Record<string, unknown> {
  const voice = { tone: { hz: DEBTOR_HZ, levelDbfs: -18 } };
  const soon = { fromMs: 100, toMs: 900 };
  const talks = { kind: 'answer', ringAfterMs: 40, afterMs: soon, steps: [voice] };
  return {
    name: 'crash',
    seed: SEED,
    numbers: [
      {
        match: { prefix: '+48' },
        outcomes: [
          { weight: 60, behaviour: talks },
          { weight: 10, behaviour: { ...talks, hangUpAfterMs: { fromMs: 300, toMs: 2_500 } } },
          { weight: 5, behaviour: { ...talks, ringing: 'none' } },
          { weight: 7, behaviour: { kind: 'busy', afterMs: 300 } },
          { weight: 5, behaviour: { kind: 'declined', afterMs: 500 } },
          { weight: 5, behaviour: { kind: 'wrongNumber', afterMs: 300 } },
          { weight: 4, behaviour: { kind: 'networkFailure', afterMs: 200 } },
          { weight: 4, behaviour: { kind: 'ringOut', afterMs: 3_000 } },
        ],
      },
    ],
  };
}
