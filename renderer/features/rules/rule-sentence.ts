import {
  contactChannels,
  type Rule,
  type RuleException,
  type RuleOf,
} from '#shared/rule-packs/index.ts';
import { assertNever } from '#shared/util/index.ts';
import { durationText, joined, percentText, type Words, word, wordsOf } from './rule-words.ts';

/** A rule as people say it. */
export interface RuleText {
  /** what the rule asks, in one sentence without a full stop */
  sentence: string;
  /** what narrows it: what it counts, for whom, whose clock */
  details: string[];
  /** when it does not hold */
  exceptions: string[];
}

/** Generates the text of a rule from its data, so that what is read is what is enforced. */
export function describeRule(rule: Rule, words: Words): RuleText {
  return {
    sentence: sentenceOf(rule, words),
    details: [...detailsOf(rule, words), ...limitsOf(rule, words)],
    exceptions: (rule.unless ?? []).map((exception) => exceptionText(exception, words)),
  };
}

function sentenceOf(rule: Rule, words: Words): string {
  const { t } = words;
  switch (rule.kind) {
    case 'cap':
      return capSentence(rule, words);
    case 'cooldown':
      return t('rule-sentence.cooldown', {
        length: durationText(rule.length, words.locale),
        events: wordsOf(words, 'event', rule.after),
        scope: wordsOf(words, 'scope', rule.scope),
      });
    case 'hours':
      return t('rule-sentence.hours', {
        channels:
          rule.channels.length === contactChannels.length
            ? t('rule-pages.every-channel')
            : wordsOf(words, 'channel', rule.channels),
      });
    case 'personalBlock':
      return t('rule-sentence.personal-block');
    case 'hold':
      return t('rule-sentence.hold', { hold: word(words, 'hold', rule.holdKind) });
    case 'consent':
      return t('rule-sentence.consent', { consent: word(words, 'consent', rule.consentKind) });
    case 'firstNotice':
      return firstNoticeSentence(rule, words);
    case 'addressee':
      return addresseeSentence(rule, words);
    case 'abandonRate':
      return t('rule-sentence.abandon-rate', {
        limit: percentText(rule.limitPercent, words.locale),
        length: durationText(rule.window.length, words.locale),
        scope: wordsOf(words, 'scope', rule.scope),
      });
    case 'content':
      return contentSentence(rule, words);
    case 'callerId':
      return callerIdSentence(rule, words);
    case 'recording':
      return t(`rule-sentence.recording-${rule.mode}`);
    case 'retention':
      return retentionSentence(rule, words);
    case 'payment':
      return t(`rule-sentence.payment-${rule.recorder}`);
    default:
      return assertNever(rule);
  }
}

function capSentence(rule: RuleOf<'cap'>, words: Words): string {
  const { t } = words;
  const [first] = rule.counts;
  const only = rule.counts.length === 1 && first !== undefined ? first : null;
  if (rule.limit === 0) {
    return t('rule-sentence.cap-none', { events: wordsOf(words, 'event', rule.counts) });
  }
  const counted = only
    ? t(`rule-count.${only}`, { count: rule.limit })
    : t('rule-count.several', {
        count: rule.limit,
        events: wordsOf(words, 'event', rule.counts),
      });
  return t('rule-sentence.cap', {
    counted,
    window: windowText(rule, words),
    scope: wordsOf(words, 'scope', rule.scope),
  });
}

function windowText({ window }: RuleOf<'cap'>, { t, locale }: Words): string {
  switch (window.type) {
    case 'calendarDays':
      return t('rule-sentence.calendar-days', { count: window.days });
    case 'rolling':
      return t('rule-sentence.rolling', { length: durationText(window.length, locale) });
    case 'calendarUnit':
      return t(
        window.unit === 'week' && window.weekStart === 'sun'
          ? 'rule-sentence.unit-week-sun'
          : `rule-sentence.unit-${window.unit}`,
      );
    default:
      return assertNever(window);
  }
}

function firstNoticeSentence(rule: RuleOf<'firstNotice'>, words: Words): string {
  const { t } = words;
  const notice = word(words, 'notice', rule.mustHaveSent);
  if (rule.blocksUntilSent) return t('rule-sentence.notice-before', { notice });
  return rule.within
    ? t('rule-sentence.notice-within', { notice, length: durationText(rule.within, words.locale) })
    : t('rule-sentence.notice', { notice });
}

function addresseeSentence(rule: RuleOf<'addressee'>, words: Words): string {
  const { t } = words;
  const targets = wordsOf(words, 'target', rule.targets ?? ['thirdParty']);
  if (rule.maxContacts === 0) return t('rule-sentence.addressee-none', { targets });
  const contacts =
    rule.maxContacts === undefined
      ? ''
      : t('rule-sentence.addressee-contacts', { count: rule.maxContacts });
  const about =
    rule.allowedTopics.length === 0
      ? t('rule-sentence.addressee-nothing')
      : t('rule-sentence.addressee-about', {
          topics: wordsOf(words, 'topic', rule.allowedTopics),
        });
  return t('rule-sentence.addressee', {
    targets,
    rules: [contacts, about].filter(Boolean).join('; '),
  });
}

function contentSentence(rule: RuleOf<'content'>, words: Words): string {
  const { t } = words;
  const elements = (names: readonly string[]): string => wordsOf(words, 'element', names);
  const parts = [
    rule.mustInclude.length > 0
      ? t('rule-sentence.must-say', { elements: elements(rule.mustInclude) })
      : '',
    rule.mayInclude && rule.mayInclude.length > 0
      ? t('rule-sentence.may-say', { elements: elements(rule.mayInclude) })
      : '',
    rule.mustNotInclude && rule.mustNotInclude.length > 0
      ? t('rule-sentence.must-not-say', { elements: elements(rule.mustNotInclude) })
      : '',
    rule.exclusive ? t('rule-sentence.nothing-else') : '',
    rule.language === undefined
      ? ''
      : rule.language === 'sameAsConversation'
        ? t('rule-sentence.same-language')
        : t('rule-sentence.in-language', { language: rule.language }),
  ].filter(Boolean);
  return t('rule-sentence.content', {
    when: word(words, 'when', rule.when),
    rules: parts.join('; '),
  });
}

function callerIdSentence(rule: RuleOf<'callerId'>, words: Words): string {
  const { t } = words;
  const parts = [
    t(rule.withheldAllowed ? 'rule-sentence.may-withhold' : 'rule-sentence.never-withheld'),
    rule.must.length > 0
      ? t('rule-sentence.number-must', { must: wordsOf(words, 'caller-must', rule.must) })
      : '',
    t(`rule-sentence.local-presence-${rule.localPresence}`),
    rule.forbiddenRanges.length > 0
      ? t('rule-sentence.forbidden-ranges', { ranges: rule.forbiddenRanges.join(', ') })
      : '',
    rule.originCountry && rule.originCountry.length > 0
      ? t('rule-sentence.origin', { countries: rule.originCountry.join(', ') })
      : '',
    rule.minAttestation ? t('rule-sentence.attestation', { level: rule.minAttestation }) : '',
  ].filter(Boolean);
  return t('rule-sentence.caller-id', { rules: parts.join('; ') });
}

function retentionSentence(rule: RuleOf<'retention'>, words: Words): string {
  const { t, locale } = words;
  const parts = [
    rule.min ? t('rule-sentence.kept-at-least', { length: durationText(rule.min, locale) }) : '',
    rule.max ? t('rule-sentence.kept-at-most', { length: durationText(rule.max, locale) }) : '',
  ].filter(Boolean);
  return t('rule-sentence.retention', {
    artefact: word(words, 'artefact', rule.artefact),
    lengths: parts.length > 0 ? joined(words, parts) : t('rule-sentence.kept-as-needed'),
    anchor: word(words, 'anchor', rule.anchor),
  });
}

/** What belongs to the kind and is too much for one sentence. */
function detailsOf(rule: Rule, words: Words): string[] {
  const { t, locale } = words;
  switch (rule.kind) {
    case 'cap':
      return [
        t('rule-detail.counts-over', { channels: wordsOf(words, 'channel', rule.countChannels) }),
        t(`rule-detail.direction-${rule.direction}`),
        ...(rule.excludeFlags.length > 0
          ? [t('rule-detail.not-counted', { flags: wordsOf(words, 'flag', rule.excludeFlags) })]
          : []),
      ];
    case 'cooldown':
      return [
        t(`rule-detail.direction-${rule.direction}`),
        t(rule.firstDayCounts ? 'rule-detail.first-day-counts' : 'rule-detail.first-day-free'),
      ];
    case 'hours':
      return [
        ...(rule.calendar === 'residence'
          ? [t('rule-detail.calendar-residence')]
          : [t('rule-detail.calendar', { calendar: rule.calendar })]),
        ...(rule.closeMarginSec
          ? [
              t('rule-detail.close-margin', {
                length: durationText(`PT${Math.round(rule.closeMarginSec / 60)}M`, locale),
              }),
            ]
          : []),
        ...(rule.weekWhen
          ? [t('rule-detail.week-when', { fact: word(words, 'fact', rule.weekWhen.fact) })]
          : []),
      ];
    case 'hold':
      return [
        ...(rule.startAfter
          ? [t('rule-detail.start-after', { length: durationText(rule.startAfter, locale) })]
          : []),
        ...(rule.maxLength
          ? [t('rule-detail.max-length', { length: durationText(rule.maxLength, locale) })]
          : []),
        ...(rule.honourWithin
          ? [t('rule-detail.honour-within', { length: durationText(rule.honourWithin, locale) })]
          : []),
      ];
    case 'consent':
      return [
        t('rule-detail.consent-scope', { scope: wordsOf(words, 'scope', rule.scope) }),
        t(rule.proof ? 'rule-detail.with-proof' : 'rule-detail.without-proof'),
        ...(rule.validFor
          ? [t('rule-detail.valid-for', { length: durationText(rule.validFor, locale) })]
          : []),
        ...(rule.askLimit
          ? [t('rule-detail.ask-limit', { sentence: capSentence(rule.askLimit, words) })]
          : []),
      ];
    case 'abandonRate':
      return [
        t('rule-detail.throttle', { percent: percentText(rule.throttleAtPercent, locale) }),
        t(`rule-detail.breach-${rule.onBreach}`),
        t('rule-detail.agent-within', {
          seconds: new Intl.NumberFormat(locale).format(rule.answerToAgentMaxMs / 1000),
        }),
        t('rule-detail.ring-at-least', {
          seconds: new Intl.NumberFormat(locale).format(rule.minRingMs / 1000),
        }),
      ];
    case 'recording':
      return rule.preBufferAllowed ? [] : [t('rule-detail.no-pre-buffer')];
    default:
      return [];
  }
}

/** What every rule can carry: for what it holds. The default of all of them says nothing. */
function limitsOf(rule: Rule, words: Words): string[] {
  const { t } = words;
  const zoned = rule.kind === 'hours' || rule.kind === 'cap' || rule.kind === 'cooldown';
  return [
    ...(rule.purposes && rule.purposes.length < 4
      ? [t('rule-detail.purposes', { purposes: wordsOf(words, 'purpose', rule.purposes) })]
      : []),
    ...(rule.targets && rule.kind !== 'addressee'
      ? [t('rule-detail.targets', { targets: wordsOf(words, 'target', rule.targets) })]
      : []),
    ...(rule.numberClasses
      ? [t('rule-detail.numbers', { numbers: wordsOf(words, 'number', rule.numberClasses) })]
      : []),
    ...(rule.modes ? [t('rule-detail.modes', { modes: wordsOf(words, 'mode', rule.modes) })] : []),
    ...(zoned && rule.zoneBasis
      ? [t(`rule-detail.zone-${rule.zoneBasis}`, { zone: rule.fixedZone ?? '' })]
      : []),
    ...(rule.from ? [t('rule-detail.from', { date: rule.from })] : []),
    ...(rule.to ? [t('rule-detail.to', { date: rule.to })] : []),
  ];
}

/** When a rule does not hold, as a phrase that follows "Not". */
export function exceptionText(exception: RuleException, words: Words): string {
  const { t, locale } = words;
  switch (exception.type) {
    case 'directConsent':
      return t('rule-exception.direct-consent', { length: durationText(exception.lasts, locale) });
    case 'debtorInitiated':
      return t(
        exception.withinChannel
          ? exception.once
            ? 'rule-exception.debtor-channel-once'
            : 'rule-exception.debtor-channel'
          : exception.once
            ? 'rule-exception.debtor-once'
            : 'rule-exception.debtor',
      );
    case 'legalNotice':
      return t('rule-exception.legal-notice');
    case 'courtPermission':
      return t('rule-exception.court-permission');
    case 'agreement':
      return t('rule-exception.agreement', { field: exception.field });
    case 'fact':
      return t('rule-exception.fact', { fact: word(words, 'fact', exception.name) });
    default:
      return assertNever(exception);
  }
}
