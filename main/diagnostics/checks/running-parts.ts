import type { Check } from '../run-checks.ts';

/** A trunk as the engine sees it now. */
export interface TrunkHealth {
  name: string;
  state: 'disabled' | 'connecting' | 'registered' | 'reachable' | 'refused' | 'unreachable';
  /** code of the last failure */
  failure: string | null;
}

/** Every trunk that is switched on takes calls. */
export function trunksCheck(list: () => readonly TrunkHealth[]): Check {
  return {
    id: 'trunks',
    look() {
      const wanted = list().filter((trunk) => trunk.state !== 'disabled');
      if (wanted.length === 0) return { ok: 'unknown', finding: 'doctor.trunks.none' };
      const down = wanted.filter((trunk) => !['registered', 'reachable'].includes(trunk.state));
      const details = { count: wanted.length, down: down.map((trunk) => trunk.name).join(', ') };
      if (down.length === 0) return { ok: 'yes', finding: 'doctor.trunks.up', details };
      const failure = down.find((trunk) => trunk.failure !== null)?.failure ?? '';
      return { ok: 'no', finding: 'doctor.trunks.down', details: { ...details, failure } };
    },
  };
}

/** A gateway of messages as the engine sees it now. */
export interface GatewayHealth {
  name: string;
  state: 'off' | 'connecting' | 'ready' | 'limited' | 'failing';
  /** code of what is wrong */
  failure: string | null;
}

/** Every gateway of messages that is switched on takes them. */
export function gatewaysCheck(list: () => readonly GatewayHealth[]): Check {
  return {
    id: 'gateways',
    look() {
      const wanted = list().filter((gateway) => gateway.state !== 'off');
      if (wanted.length === 0) return { ok: 'unknown', finding: 'doctor.gateways.none' };
      const down = wanted.filter(({ state }) => state === 'connecting' || state === 'failing');
      const details = { count: wanted.length, down: down.map(({ name }) => name).join(', ') };
      if (down.length === 0) return { ok: 'yes', finding: 'doctor.gateways.up', details };
      const failure = down.find((gateway) => gateway.failure !== null)?.failure ?? '';
      return { ok: 'no', finding: 'doctor.gateways.down', details: { ...details, failure } };
    },
  };
}

/** The process that carries sound runs. */
export function mediaCheck(pid: () => number | undefined): Check {
  return {
    id: 'media',
    look: () =>
      pid() === undefined
        ? { ok: 'no', finding: 'doctor.media.gone' }
        : { ok: 'yes', finding: 'doctor.media.runs', details: { pid: pid() } },
  };
}

/** Trunks, gateways and sound live in the engine: without one they cannot be looked at. */
export function needsEngineCheck(id: 'trunks' | 'gateways' | 'media'): Check {
  return { id, look: () => ({ ok: 'unknown', finding: 'doctor.engine.not-running' }) };
}

/** Microphone and loudspeaker belong to the window, which shows their levels. */
export const audioCheck: Check = {
  id: 'audio',
  look: () => ({ ok: 'unknown', finding: 'doctor.audio.ask-window' }),
};
