import type { ContactAnswer } from '#shared/contract/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import { explainRule, type Facts } from '../engine/index.ts';
import type { ContactRequest, Refusal } from '../types.ts';
import type { Verdict } from './decide.ts';
import { toDecision } from './to-decision.ts';
import { type PlaceNames, zoneEvidence } from './zone-evidence.ts';

/** A whole answer of the door, for people who want to know why. */
export type Answer = Unbranded<ContactAnswer>;

type Answered = Pick<Verdict, 'evaluation' | 'question' | 'applying' | 'override'> & {
  facts: Facts | null;
  names: PlaceNames;
};

/** @param statusOf what counsel says of a pack now; of an old answer: what the pack said of itself */
export function toAnswer(
  request: ContactRequest,
  at: number,
  answered: Answered,
  statusOf: (pack: RulePack) => RulePack['review']['status'],
): Answer {
  const decision = toDecision(request, answered, '');
  const packs = answered.applying.packs.map(({ pack }) => pack);
  const { allowed, nextAllowedAt, overridable, override } = decision;
  const { facts } = answered;
  return {
    channel: request.channel,
    at,
    allowed,
    nextAllowedAt,
    overridable,
    override,
    blockedBy: decision.blockedBy.map((refusal) => explained(refusal, answered, packs)),
    warnings: decision.warnings.map(shownRefusal),
    obligations: decision.obligations,
    zones: facts === null ? [] : zoneEvidence(facts, answered.names, packs),
    packs: packs.map((pack) => ({
      id: pack.id,
      version: pack.version,
      title: pack.title,
      status: statusOf(pack),
      own: pack.own ?? false,
    })),
    historyFrom: facts?.historyFrom ?? null,
  };
}

/** What everybody is told of a rule that says no. */
export function shownRefusal({ rule, pack, because, until }: Refusal) {
  return { rule, pack, because, until };
}

/** The door's own refusals rest on no rule: they have no source and count nothing. */
function explained(
  refusal: Refusal,
  { question, applying }: Answered,
  packs: readonly RulePack[],
): Answer['blockedBy'][number] {
  const pack = packs.find(({ id }) => id === refusal.pack);
  const rule = pack?.rules.find(({ id }) => id === refusal.rule);
  const compiled = applying.rules.find(
    (one) => one.id === refusal.rule && one.pack === refusal.pack,
  );
  const count = compiled && question ? explainRule(compiled, question) : null;
  return {
    ...shownRefusal(refusal),
    version: refusal.version,
    packTitle: pack?.title ?? '',
    source: rule?.source ?? '',
    basis: rule?.basis ?? '',
    overridable: refusal.overridable,
    counted: count?.counted ?? null,
    limit: count?.limit ?? null,
  };
}
