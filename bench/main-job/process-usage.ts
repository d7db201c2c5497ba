import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks in a second of CPU time, as /proc counts them. */
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU time of a process with all its threads so far, ms. */
export function cpuMs(pid: number): number {
  const fields = statFields(pid);
  // utime and stime are fields 14 and 15 of proc(5); the list begins at field 3, after the name
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** Resident memory of a process, MB of 1024 × 1024 bytes. */
export function residentMb(pid: number): number {
  return statusMb(pid, 'VmRSS');
}

/** The part of it that is its own: without files, such as the program's text, that all who run it share. */
export function ownMb(pid: number): number {
  return statusMb(pid, 'RssAnon');
}

function statusMb(pid: number, field: 'VmRSS' | 'RssAnon'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
}

/** The child of a process whose command line names this program. */
export function childPid(parentPid: number, program: string): number {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const isChild = Number(statFields(pid)[1]) === parentPid;
      if (isChild && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program)) return pid;
    } catch {
      // it ended while we looked
    }
  }
  throw new Error(`process ${parentPid} has no child ${program}`);
}

/** The name of a program stands in brackets and may hold spaces: what follows is split. */
function statFields(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
