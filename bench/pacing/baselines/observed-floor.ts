import type { AgentLine, CallLine, PacerLine } from '../../../main/dialer/pacing/index.ts';

/** What any dialer sees of the floor from the lines: counts, no times. */
export class ObservedFloor {
  ready = 0;
  /** on calls of the campaign or others */
  talking = 0;
  /** ready, talking, wrapping up */
  present = 0;
  /** dialed, nobody has answered or is known as a person */
  ringing = 0;
  /** people who wait for an agent */
  waiting = 0;
  connected = 0;
  /** of all time: the baseline that counts by day takes differences */
  dials = 0;
  drops = 0;
  humans = 0;
  readonly #agents = new Map<string, AgentLine['state']>();
  readonly #calls = new Map<string, 'ringing' | 'waiting' | 'connected' | 'over'>();

  see(line: PacerLine): void {
    if (line.type === 'agent') this.#seeAgent(line);
    else if (line.type === 'call') this.#seeCall(line);
  }

  #seeAgent({ id, state }: AgentLine): void {
    this.#countAgent(this.#agents.get(id), -1);
    this.#agents.set(id, state);
    this.#countAgent(state, 1);
  }

  #countAgent(state: AgentLine['state'] | undefined, by: number): void {
    if (state === undefined || state === 'away') return;
    this.present += by;
    if (state === 'ready') this.ready += by;
    if (state === 'talking') this.talking += by;
  }

  #seeCall({ id, state }: CallLine): void {
    if (state === 'dialing') {
      this.dials += 1;
      return this.#enter(id, 'ringing');
    }
    if (state === 'humanAnswered') return this.#enter(id, 'waiting');
    if (state === 'connected') {
      this.humans += 1;
      return this.#enter(id, 'connected');
    }
    if (state === 'abandoned') {
      this.drops += 1;
      this.humans += 1;
      return this.#enter(id, 'over');
    }
    if (state === 'ended') {
      this.#enter(id, 'over');
      this.#calls.delete(id);
    }
  }

  #enter(id: string, state: 'ringing' | 'waiting' | 'connected' | 'over'): void {
    const before = this.#calls.get(id);
    if (before !== undefined && before !== 'over') this[before] -= 1;
    if (state !== 'over') this[state] += 1;
    this.#calls.set(id, state);
  }
}
