import type { RuleOf } from '#shared/rule-packs/index.ts';
import { weekdaysFromSunday } from '#shared/rule-packs/index.ts';
import { weekdayOf, zoneOf } from '../zones/zone.ts';
import type { CompileContext, KindBehaviour } from './compiled-rule.ts';
import type { PersonalBlock } from './facts.ts';
import { type CompiledWeek, compileWeek, firstOpen, timeOfDayMs, windowsOfDay } from './hours.ts';
import { firstYesInEveryZone, firstYesInForce } from './in-zones.ts';
import type { Question } from './question.ts';

/** Contact hours by the local clock, with holidays. */
export function compileHours(
  rule: RuleOf<'hours'>,
  { zones, closeMarginSec }: CompileContext,
): KindBehaviour {
  const margin = closeMarginSec ?? rule.closeMarginSec ?? 0;
  const usual = compileWeek(rule.week, margin);
  const { weekWhen } = rule;
  const special = weekWhen && compileWeek({ ...rule.week, ...weekWhen.week }, margin);
  return {
    firstYes(question, from) {
      const { facts, limit } = question;
      const week: CompiledWeek = special && facts.flags.has(weekWhen.fact) ? special : usual;
      const calendar = facts.calendar(rule.calendar);
      return firstYesInForce(question, zones, from, (inForce, at) =>
        firstYesInEveryZone(inForce, at, (zone, asked) =>
          firstOpen(zone, asked, limit, (day) => windowsOfDay(week, calendar, day)),
        ),
      );
    },
  };
}

/** Times the debtor called inconvenient: the day's open windows are what the blocks leave. */
export function compilePersonalBlock(
  _rule: RuleOf<'personalBlock'>,
  { zones }: CompileContext,
): KindBehaviour {
  return {
    firstYes(question, from) {
      let at = from;
      const blocks = question.facts.facts.personalBlocks.filter((block) =>
        concerns(block, question),
      );
      for (let agreed = 0; agreed < blocks.length; ) {
        for (const block of blocks) {
          const answer = firstOutside(block, question, at, zones);
          if (answer === null) return null;
          agreed = answer === at ? agreed + 1 : 1;
          at = answer;
          if (agreed >= blocks.length) break;
        }
      }
      return at;
    },
  };
}

function concerns(block: PersonalBlock, { request }: Question): boolean {
  if (block.channels && !block.channels.includes(request.channel)) return false;
  return block.number === undefined || block.number === request.number;
}

function firstOutside(
  block: PersonalBlock,
  question: Question,
  from: number,
  zones: CompileContext['zones'],
): number | null {
  const open = compileOpenDays(block);
  const choice = block.zone === undefined ? zones : fixed(block.zone);
  return firstYesInForce(question, choice, from, (inForce, at) =>
    firstYesInEveryZone(inForce, at, (zone, asked) =>
      firstOpen(zone, asked, question.limit, (day) => open[weekdayOf(day)] ?? []),
    ),
  );
}

function fixed(zone: string): CompileContext['zones'] {
  return { basis: 'fixed', zone: zoneOf(zone) };
}

function compileOpenDays(block: PersonalBlock) {
  const [from, to, midnight] = [
    timeOfDayMs(block.from),
    timeOfDayMs(block.to),
    timeOfDayMs('24:00'),
  ];
  const whole = [[0, midnight]] as const;
  const around = (
    [
      [0, from],
      [to, midnight],
    ] as const
  ).filter(([start, end]) => start < end);
  return weekdaysFromSunday.map((day) => (block.days.includes(day) ? around : whole));
}
