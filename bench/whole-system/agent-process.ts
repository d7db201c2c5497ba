// Some agents of the team, in a process of their own: one event loop does not carry twenty of them.
import { DayDraws } from '../pacing/draws.ts';
import { Desk } from './desk.ts';
import type { FromDesks, ToDesks } from './desk-messages.ts';

let desks: Desk[] = [];

process.on('message', (message: ToDesks) => {
  const done = message.type === 'sit' ? sit(message) : goHome();
  done.catch((error: unknown) => {
    process.stderr.write(`agents: ${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());

async function sit(message: Extract<ToDesks, { type: 'sit' }>): Promise<void> {
  const { url, seats, scenario, seed } = message;
  desks = seats.map((seat) => new Desk(url, seat, new DayDraws(scenario, seed, 0)));
  for (const desk of desks) await desk.sit();
  tell({ type: 'seated' });
}

async function goHome(): Promise<void> {
  await Promise.all(desks.map((desk) => desk.goHome()));
  tell({
    type: 'gone',
    calls: desks.flatMap(({ calls }) => calls),
    problems: desks.flatMap(({ problems }) => problems),
  });
  await Promise.all(desks.map((desk) => desk.close()));
}

function tell(message: FromDesks): void {
  process.send?.(message);
}
