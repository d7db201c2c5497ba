import { AppError } from '#shared/errors/index.ts';
import type { Rule, RulePack } from '#shared/rule-packs/index.ts';
import {
  bitsOf,
  contactChannels,
  contactModes,
  numberClasses,
  purposes,
  targets,
} from '#shared/rule-packs/index.ts';
import { assertNever } from '#shared/util/index.ts';
import { zoneOf } from '../zones/zone.ts';
import type { CompileContext, CompiledRule, KindBehaviour, RuleAnswer } from './compiled-rule.ts';
import { compileRelief, type Relief, withRelief } from './exceptions.ts';
import type { ZoneChoice } from './in-zones.ts';
import type { Interval } from './intervals.ts';
import { compileAddressee, compileCallerId } from './kinds-contact.ts';
import { compileCap, compileCooldown } from './kinds-counting.ts';
import { compileContent, compileParameters, compileRecording } from './kinds-duties.ts';
import { compileConsent, compileFirstNotice, compileHold } from './kinds-facts.ts';
import { compileHours, compilePersonalBlock } from './kinds-times.ts';
import type { Question } from './question.ts';
import { lifeOf } from './rule-life.ts';

export interface CompileOptions {
  /** of this pack only these rules; absent: all */
  switchedOn?: readonly string[];
  /** replaces `closeMarginSec` of every hours rule */
  closeMarginSec?: number;
}

/**
 * Turns the rules of a pack into functions, once.
 * @throws AppError `contact-rules.bad-pack` when `switchedOn` names a rule that the pack lacks
 */
export function compilePack(pack: RulePack, options: CompileOptions = {}): CompiledRule[] {
  const { switchedOn } = options;
  const missing = switchedOn?.find((id) => !pack.rules.some((rule) => rule.id === id));
  if (missing !== undefined) {
    throw new AppError('contact-rules.bad-pack', `pack ${pack.id} has no rule ${missing}`, {
      details: { pack: pack.id, rule: missing },
    });
  }
  return pack.rules
    .filter((rule) => switchedOn === undefined || switchedOn.includes(rule.id))
    .map((rule) => compileRule(pack, rule, options));
}

function compileRule(pack: RulePack, rule: Rule, options: CompileOptions): CompiledRule {
  const context: CompileContext = {
    zones: zoneChoice(pack, rule),
    closeMarginSec: options.closeMarginSec,
  };
  const behaviour = compileKind(rule, context);
  const relief = compileRelief(rule, context.zones);
  const life = lifeOf(rule);
  const { firstYes, count } = behaviour;
  const owned = (behaviour.obligations ?? []).map((one) => ({
    rule: rule.id,
    pack: pack.id,
    ...one,
  }));
  const owed = whileOwed(life, relief, behaviour.owes);
  return {
    id: rule.id,
    kind: rule.kind,
    pack: pack.id,
    version: pack.version,
    severity: rule.severity,
    decides: firstYes !== undefined,
    applies: applicability(rule, behaviour),
    firstYes: firstYes ? whileInForce(life, withRelief(firstYes, relief)) : always,
    obligations: (question) => (owned.length > 0 && owed(question) ? owned : nothing),
    count: (question) => count?.(question) ?? null,
  };
}

const always: RuleAnswer = (_question, from) => from;
const nothing: readonly never[] = [];

function compileKind(rule: Rule, context: CompileContext): KindBehaviour {
  switch (rule.kind) {
    case 'cap':
      return compileCap(rule, context);
    case 'cooldown':
      return compileCooldown(rule, context);
    case 'hours':
      return compileHours(rule, context);
    case 'personalBlock':
      return compilePersonalBlock(rule, context);
    case 'hold':
      return compileHold(rule, context);
    case 'consent':
      return compileConsent(rule, context);
    case 'addressee':
      return compileAddressee(rule);
    case 'callerId':
      return compileCallerId(rule);
    case 'recording':
      return compileRecording(rule);
    case 'content':
      return compileContent(rule);
    case 'firstNotice':
      return compileFirstNotice(rule);
    case 'abandonRate':
    case 'retention':
    case 'payment':
      return compileParameters(rule);
    default:
      return assertNever(rule, 'kind of rule');
  }
}

function zoneChoice(pack: RulePack, rule: Rule): ZoneChoice {
  const basis = rule.zoneBasis ?? pack.zoneBasis ?? 'allKnown';
  if (basis !== 'fixed') return { basis };
  return { basis, zone: zoneOf(rule.fixedZone ?? pack.fixedZone ?? '') };
}

function applicability(rule: Rule, behaviour: KindBehaviour): (question: Question) => boolean {
  const channelBits = bitsOf(contactChannels, rule.channels);
  const modeBits = bitsOf(contactModes, rule.modes);
  // a rule is about collection unless it says otherwise
  const purposeBits = bitsOf(purposes, rule.purposes ?? ['collection']);
  const targetBits = bitsOf(targets, rule.targets);
  const classBits = bitsOf(numberClasses, rule.numberClasses);
  return (question) =>
    (question.channelBit & channelBits) !== 0 &&
    (question.modeBit & modeBits) !== 0 &&
    (question.purposeBits & purposeBits) !== 0 &&
    (question.targetBit & targetBits) !== 0 &&
    (question.classBits & classBits) !== 0 &&
    (behaviour.applies?.(question) ?? true);
}

function whileInForce({ start, end }: Interval, answer: RuleAnswer): RuleAnswer {
  if (start === -Infinity && end === Infinity) return answer;
  return (question, asked) => {
    if (asked < start || asked >= end) return asked;
    const own = answer(question, asked);
    if (own !== null && own < end) return own;
    return end > question.limit ? null : end;
  };
}

/** A rule that is not in force, or that an exception lifts, asks for nothing. */
function whileOwed(
  { start, end }: Interval,
  relief: Relief | null,
  owes: KindBehaviour['owes'],
): (question: Question) => boolean {
  return (question) => {
    const { at } = question.request;
    if (at < start || at >= end || relief?.(question, at) === at) return false;
    return owes?.(question) ?? true;
  };
}
