import { readdirSync, readFileSync } from 'node:fs';
import type { Figure } from '../bench.ts';

const SAMPLE_EVERY_MS = 100;

interface ProcessMemory {
  residentMb: number;
  privateMb: number;
}

/** Most memory that was seen so far, by what was going on. */
export interface Peak {
  /** engine and media process, together at one moment */
  residentMb: number;
  privateMb: number;
  /** the engine alone: its main thread, the writer and the workers */
  engineMb: number;
  during: string;
}

/**
 * Looks at the memory of the engine and of its media process, threads included, ten times a second. The kernel's own
 * high-water mark of the engine is asked at the end: what came and went between two looks is in it.
 */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #peaks = new Map<string, Peak>();
  #pids: { engine: number; media: number | null } | null = null;
  #during = 'start';
  #samples = 0;
  #highWaterMb = 0;

  constructor() {
    this.#timer = setInterval(() => this.#look(), SAMPLE_EVERY_MS);
  }

  /** Watches this engine from now on; null: none runs. */
  follow(enginePid: number | null): void {
    this.#takeHighWater();
    this.#pids =
      enginePid === null ? null : { engine: enginePid, media: childOf(enginePid, 'media') };
  }

  /** what the engine does from now on */
  during(what: string): void {
    this.#during = what;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  figures(aimMb: number): Figure[] {
    this.#takeHighWater();
    const peaks = [...this.#peaks.values()];
    const most = (of: (peak: Peak) => number) => Math.max(0, ...peaks.map(of));
    const worst = peaks.find((peak) => peak.residentMb === most((each) => each.residentMb));
    return [
      {
        name: `memory of engine and media process, most (${worst?.during ?? 'nothing'})`,
        value: most((peak) => peak.residentMb),
        unit: 'MB',
        aim: aimMb,
      },
      ...peaks.map(({ during, residentMb }) => ({
        name: `  most during: ${during}`,
        value: residentMb,
        unit: 'MB',
      })),
      { name: '  of it private', value: most((peak) => peak.privateMb), unit: 'MB' },
      { name: '  the engine alone', value: most((peak) => peak.engineMb), unit: 'MB' },
      { name: '  the engine alone, by the kernel’s mark', value: this.#highWaterMb, unit: 'MB' },
      { name: '  looked at', value: this.#samples, unit: 'times' },
    ];
  }

  #look(): void {
    if (this.#pids === null) return;
    const engine = memoryOf(this.#pids.engine);
    if (engine === null) return;
    const media = this.#pids.media === null ? null : memoryOf(this.#pids.media);
    this.#samples += 1;
    const peak = this.#peaks.get(this.#during) ?? {
      residentMb: 0,
      privateMb: 0,
      engineMb: 0,
      during: this.#during,
    };
    peak.residentMb = Math.max(peak.residentMb, engine.residentMb + (media?.residentMb ?? 0));
    peak.privateMb = Math.max(peak.privateMb, engine.privateMb + (media?.privateMb ?? 0));
    peak.engineMb = Math.max(peak.engineMb, engine.residentMb);
    this.#peaks.set(this.#during, peak);
  }

  #takeHighWater(): void {
    if (this.#pids === null) return;
    const text = readOrNull(`/proc/${this.#pids.engine}/status`) ?? '';
    this.#highWaterMb = Math.max(this.#highWaterMb, field(text, 'VmHWM'));
  }
}

function memoryOf(pid: number): ProcessMemory | null {
  const text = readOrNull(`/proc/${pid}/status`);
  if (text === null) return null;
  return { residentMb: field(text, 'VmRSS'), privateMb: field(text, 'RssAnon') };
}

/** MB of 1024 × 1024 bytes */
function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
}

/** @returns null when there is none, or it ended while we looked */
function childOf(parentPid: number, program: string): number | null {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = readOrNull(`/proc/${name}/status`);
    if (status === null || !status.includes(`\nPPid:\t${parentPid}\n`)) continue;
    if (readOrNull(`/proc/${name}/cmdline`)?.includes(program)) return Number(name);
  }
  return null;
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
