/** Why a mail system did not take a message for a mailbox, or could not deliver it. */
export type MailFailure =
  | 'addressUnknown'
  | 'mailboxFull'
  | 'tooLarge'
  | 'senderRefused'
  | 'loginNeeded'
  | 'refused'
  | 'tookTooLong'
  | 'other';

export interface MailStatus {
  /** 2 done, 4 for now, 5 for good; by the enhanced code where there is one */
  class: 2 | 4 | 5;
  /** `5.1.1` (RFC 3463); null: the server has none */
  enhanced: string | null;
  /** of an SMTP reply; null in a report without one */
  basic: number | null;
  text: string;
}

/** What servers say is read for words; more than this is no diagnosis. */
const LONGEST_DIAGNOSIS = 2_000;

/** One SMTP reply, all its lines. @returns null when it is none */
export function readSmtpReply(reply: string): MailStatus | null {
  const basic = /^([245])\d\d/.exec(reply)?.[0];
  if (basic === undefined) return null;
  const enhanced = /^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1] ?? null;
  return {
    class: classOf(basic),
    enhanced,
    basic: Number(basic),
    text: reply.slice(0, LONGEST_DIAGNOSIS),
  };
}

/** A `Status` field with its `Diagnostic-Code` (RFC 3464 §2.3.4, §2.3.6). @returns null when neither says anything */
export function readReportStatus(status: string, diagnostic: string): MailStatus | null {
  const inDiagnostic = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(diagnostic)?.[1] ?? null;
  const stated = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(status)?.[1] ?? null;
  const basic = /\b([245][0-5]\d)\b(?!\.)/.exec(diagnostic)?.[1] ?? null;
  // some systems state a bare 5.0.0 and let the diagnosis say the rest
  const isBare = stated === null || /^[245]\.0\.0$/.test(stated);
  const enhanced = isBare ? (inDiagnostic ?? stated) : stated;
  const first = stated ?? inDiagnostic ?? basic;
  if (first === null) return null;
  return {
    class: classOf(first),
    enhanced,
    basic: basic === null ? null : Number(basic),
    text: diagnostic.slice(0, LONGEST_DIAGNOSIS),
  };
}

function classOf(code: string): 2 | 4 | 5 {
  return code.startsWith('2') ? 2 : code.startsWith('4') ? 4 : 5;
}

const unknownUser =
  /user (?:is )?unknown|unknown (?:local )?(?:user|recipient|mailbox|address)|no such (?:user|person|mailbox|recipient|address|account|domain)|no mailbox (?:here )?by that name|recipient (?:not found|unknown|does not exist)|(?:user|mailbox|account|address|recipient|email)(?: \S+){0,4} (?:does not|doesn'?t) exist|(?:user|mailbox|recipient|address)(?: \S+){0,2} not (?:found|exist)|not a valid (?:user|mailbox|recipient)|invalid (?:recipient|mailbox|user)|(?:account|mailbox|user)(?: \S+){0,3} (?:is |has been )?(?:disabled|deactivated|inactive|closed|suspended)|address rejected: (?:user|undeliverable|unknown)|recipient address rejected: access denied|host or domain name not found|domain (?:name )?(?:not found|does not exist)|host not found|does not accept mail|nullmx|null mx/i;
const full =
  /mailbox (?:is )?full|over ?quota|quota exceeded|exceeded (?:its |the )?(?:storage|quota)|insufficient (?:storage|disk)|out of storage/i;
const policy =
  /spam|blocked|black ?list|block ?list|denylist|policy|reputation|spf|dkim|dmarc|relay(?:ing)? (?:access )?denied|not permitted/i;

/** What a refusal means; codes of RFC 3463 and its registry first, then the words that servers use. */
export function failureOf(status: MailStatus): MailFailure {
  const [, subject, detail] = (status.enhanced ?? '').split('.');
  const byCode = byEnhanced(`${subject}.${detail}`, status);
  if (byCode !== null) return byCode;
  if (full.test(status.text)) return 'mailboxFull';
  if (policy.test(status.text)) return 'refused';
  if (unknownUser.test(status.text)) return 'addressUnknown';
  return byBasic(status.basic);
}

function byEnhanced(code: string, { text }: MailStatus): MailFailure | null {
  if (/^1\.(?:1|2|3|6|10)$/.test(code)) return 'addressUnknown';
  if (/^1\.(?:7|8)$/.test(code)) return 'senderRefused';
  if (code === '2.2') return 'mailboxFull';
  if (code === '2.3' || code === '3.4') return 'tooLarge';
  if (code === '4.7') return 'tookTooLong';
  if (code === '7.60' || code === '5.1' || code === '5.2') return 'other';
  // no host for the domain, a mailbox that is closed, a directory that does not know it: said in words only
  if (/^(?:2\.1|4\.1|4\.4|4\.3|1\.0|0\.0|7\.1)$/.test(code)) {
    if (policy.test(text) && !/access denied/i.test(text)) return 'refused';
    if (unknownUser.test(text)) return 'addressUnknown';
    if (full.test(text)) return 'mailboxFull';
  }
  return code.startsWith('7.') ? 'refused' : null;
}

function byBasic(basic: number | null): MailFailure {
  if (basic === 530 || basic === 535) return 'loginNeeded';
  if (basic === 552) return 'tooLarge';
  if (basic === 551 || basic === 553) return 'addressUnknown';
  if (basic === 550 || basic === 554) return 'refused';
  return 'other';
}
