import type { ContactRequest, ContactRules, Decision } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { requestAbout } from '../attempts/writes.ts';
import { NO_NUMBER } from '../lists/index.ts';
import type { ChooseNumber, EntryVerdict, NumberQuestion } from '../types.ts';

/** What the attempt will ask when it reserves. */
export function requestOf(
  { debtorId, debtId, mode, callerId, recordCalls }: NumberQuestion,
  number: NumberQuestion['numbers'][number],
): ContactRequest {
  const start = { debtorId, mode, recordCalls, personId: null, ...number };
  if (callerId !== null) return requestAbout({ ...start, callerId }, debtId);
  const { callerId: _unknown, ...request } = requestAbout({ ...start, callerId: '' }, debtId);
  return request;
}

/**
 * What the answers for the numbers of one debtor mean for their entry: the first number that may be called, or else the
 * refusal of the one that may be called first.
 * @param decisions one for each number, in their order
 */
export function verdictOf(
  numbers: NumberQuestion['numbers'],
  decisions: readonly Decision[],
): EntryVerdict {
  const allowed = numbers[decisions.findIndex((decision) => decision.allowed)];
  if (allowed) return { allowed: true, ...allowed };
  let best: Decision | undefined;
  for (const decision of decisions)
    if (best === undefined || opensAt(decision) < opensAt(best)) best = decision;
  return best === undefined ? { allowed: false, ...NO_NUMBER } : refusalOf(best);
}

function opensAt({ nextAllowedAt }: Decision): number {
  return nextAllowedAt ?? Number.POSITIVE_INFINITY;
}

/** The rule with the latest date stands for all that refuse; one without a date comes before all. */
function refusalOf({ blockedBy, nextAllowedAt }: Decision): EntryVerdict {
  const until = nextAllowedAt;
  const [first, ...others] = blockedBy;
  if (first === undefined)
    return { allowed: false, until, rule: 'refused', pack: 'door', because: 'refused' };
  const date = (refusal: typeof first) => refusal.until ?? Number.POSITIVE_INFINITY;
  const latest = others.reduce((one, other) => (date(other) > date(one) ? other : one), first);
  const { rule, pack, because } = latest;
  return { allowed: false, until, rule, pack, because };
}

/** Chooses at dialing as screening does, so that both say the same of a debtor. */
export function createChooseNumber(rules: ContactRules, read: ReadDb): ChooseNumber {
  return (question, at) => {
    const [verdict] = chooseNumbers(rules, read, [question], at);
    return verdict ?? { allowed: false, ...NO_NUMBER };
  };
}

/**
 * For many at once. The rules are asked about the first number of each, and about the others of those whom it does not
 * clear: an answer takes much longer than the reading of whom to ask about.
 * @param at epoch ms
 */
export function chooseNumbers(
  rules: ContactRules,
  read: ReadDb,
  questions: readonly NumberQuestion[],
  at: number,
): EntryVerdict[] {
  const ask = (requests: ContactRequest[]) =>
    requests.length === 0 ? [] : rules.decideMany(read, requests, at);
  const firsts = ask(questions.flatMap((one) => requestsOf(one, 0, 1)));
  const answered = (index: number) => firsts[index]?.allowed === true;
  const withNumber = questions.filter(({ numbers }) => numbers.length > 0);
  const others = ask(
    withNumber.flatMap((one, index) => (answered(index) ? [] : requestsOf(one, 1))),
  );
  let nextFirst = 0;
  let nextOther = 0;
  return questions.map(({ numbers }) => {
    if (numbers.length === 0) return verdictOf(numbers, []);
    const first = firsts.slice(nextFirst, nextFirst + 1);
    nextFirst += 1;
    if (answered(nextFirst - 1)) return verdictOf(numbers, first);
    nextOther += numbers.length - 1;
    return verdictOf(numbers, [
      ...first,
      ...others.slice(nextOther - numbers.length + 1, nextOther),
    ]);
  });
}

function requestsOf(question: NumberQuestion, from: number, to?: number): ContactRequest[] {
  return question.numbers.slice(from, to).map((number) => requestOf(question, number));
}
