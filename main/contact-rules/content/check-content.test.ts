import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContentElement, contentElements } from '#shared/rule-packs/index.ts';
import { loadPacks } from '../packs/load-packs.ts';
import {
  type ContentQuestion,
  type ContentRuleInPack,
  contentRulesOf,
  createContentChecker,
} from './check-content.ts';
import { loadContentWords } from './content-words.ts';

const resources = join(import.meta.dirname, '../../../resources');
const packs = loadPacks(join(resources, 'rule-packs'));
const check = createContentChecker(loadContentWords(join(resources, 'content')));
const now = Date.parse('2026-11-22T12:00:00Z');
const rulesOf = (...ids: string[]) =>
  contentRulesOf(
    packs.filter(({ id }) => ids.includes(id)),
    now,
  );

type Asked = Partial<ContentQuestion> & { text: string };
const ask = (question: Asked, rules: readonly ContentRuleInPack[]) =>
  check({ language: 'en', channel: 'sms', when: 'every', ...question }, rules);
const faults = (question: Asked, ...ids: string[]) =>
  ask(question, rulesOf(...ids)).problems.map(({ rule, problem, element, words }) =>
    [rule, problem, element, words].filter((part) => part !== null).join(' '),
  );
const voicemail = (text: string, language = 'en'): Asked => ({
  text,
  language,
  channel: 'voiceMessage',
  when: 'voicemail',
});

describe('B04: a voicemail that others may hear', () => {
  test('a name that reveals collection is refused, with the name', () => {
    const text = 'This is ABC Debt Recovery, call Ann on …';
    expect(ask(voicemail(text), rulesOf('us-federal'))).toMatchObject({
      ok: false,
      problems: [
        {
          rule: 'US-F-10',
          pack: 'us-federal',
          problem: 'forbidden',
          element: 'debt',
          words: 'ABC Debt Recovery',
        },
      ],
    });
  });
  test('one that does not is accepted', () => {
    const text = 'This is ABC Services. Please call Ann Lee at …';
    expect(ask(voicemail(text), rulesOf('us-federal'))).toMatchObject({ ok: true, problems: [] });
  });

  test.each([
    ['en', 'This is Smith Collections. Please call Ann Lee at 555-010-0199.'],
    ['en', 'This is Windykacja Polska. Please call Ann Lee at 555-010-0199.'],
    ['pl', 'Dzień dobry, tu Windykacja ABC. Proszę o kontakt z Anną Nowak, tel. 601 234 567.'],
    [
      'ru',
      'Здравствуйте, это Коллекторское агентство. Перезвоните Анне Ли по номеру +7 495 123-45-67.',
    ],
    ['zh', '这里是某某催收公司，请致电王小明 010-12345678。'],
  ])('%s: %s reveals it too', (language, text) => {
    const { ok, problems } = ask(voicemail(text, language), rulesOf('us-federal'));
    expect(ok).toBe(false);
    expect(problems).toContainEqual(
      expect.objectContaining({ problem: 'forbidden', element: 'debt' }),
    );
  });

  test.each([
    [
      'en',
      'Hello Mr Smith, this is Ann Lee from ABC Services. It is Monday, 10:30 am. Please call me back at (555) 010-0199 between 9 and 5, or speak with any representative. Thank you.',
    ],
    ['en', 'Hello {debtor}, this is {agent} from {firm}. Please call back at {callBackNumber}.'],
    ['pl', 'Dzień dobry, tu ABC Usługi. Proszę o kontakt z Anną Nowak pod numerem 601 234 567.'],
    [
      'ru',
      'Здравствуйте, это компания Восток. Пожалуйста, перезвоните Анне Ли по номеру +7 495 123-45-67.',
    ],
    ['zh', '您好，这里是某某服务公司，请致电王小明 010-12345678。'],
  ])('%s: %s says nothing else', (language, text) => {
    expect(faults(voicemail(text, language), 'us-federal')).toEqual([]);
  });

  test('words that stand for nothing allowed are named', () => {
    const text =
      'This is ABC Services. Please call Ann Lee at 555-010-0199. It is about your purple car.';
    expect(faults(voicemail(text), 'us-federal')).toEqual([
      'US-F-10 not-allowed about',
      'US-F-10 not-allowed purple car',
    ]);
  });

  test('what it knows and does not allow is named as what it is', () => {
    const text = 'This is ABC Services. Please call Ann Lee at 555-010-0199. Pay $20 now.';
    expect(faults(voicemail(text), 'us-federal')).toContain('US-F-10 not-allowed amount $20');
  });

  test('what is missing is named', () => {
    expect(faults(voicemail('This is ABC Services.'), 'us-federal')).toEqual([
      'US-F-10 missing callBackRequest',
      'US-F-10 missing contactName',
      'US-F-10 missing contactNumber',
    ]);
  });
});

describe('B05: an American text', () => {
  const text = 'This is ABC Services, a debt collector. You owe $120.00. Call 555-010-0199.';
  test('without opt-out words cannot be published', () => {
    const { ok, problems } = ask({ text }, rulesOf('us-federal'));
    expect(ok).toBe(false);
    expect(problems).toEqual([
      expect.objectContaining({ rule: 'US-F-09', problem: 'missing', element: 'optOut' }),
    ]);
  });
  test.each([
    'Reply STOP to opt out.',
    'Text stop to end.',
    '{optOut}',
    'To unsubscribe, reply END.',
  ])('with "%s" it can', (words) =>
    expect(ask({ text: `${text} ${words}` }, rulesOf('us-federal')).ok).toBe(true),
  );
});

describe('B06: a Russian text', () => {
  const russian = (text: string) => faults({ text, language: 'ru' }, 'ru');
  test("without the creditor's name or without a telephone it is refused", () => {
    expect(russian('У вас задолженность 1200 руб. Телефон +7 495 123-45-67')).toEqual([
      'RU-07 missing creditorName',
    ]);
    expect(russian('Кредитор ООО «Восток». У вас долг 1200 руб.')).toEqual([
      'RU-07 missing contactNumber',
    ]);
    expect(russian('Кредитор ООО «Восток». Телефон +7 495 123-45-67')).toEqual([]);
  });
  test('with both and the debt it is accepted, also as a template', () => {
    expect(russian('Кредитор ООО «Восток». У вас долг 1200 руб. Телефон +7 495 123-45-67')).toEqual(
      [],
    );
    expect(russian('ООО «Восток»: у вас долг 1200 руб. Тел. +7 495 123-45-67')).toEqual([]);
    expect(russian('У вас задолженность перед {creditor}: {amount}. Тел. {firm.phone}')).toEqual(
      [],
    );
    expect(russian('Долг перед {{creditor.name}}. Тел. {{ firm.phone }}')).toEqual([]);
  });
  test('a threat is refused', () => {
    expect(russian('{creditor}: долг. Тел. {phone}. Сообщим вашему работодателю.')).toEqual([
      expect.stringMatching(/^RU-07 forbidden threat/),
    ]);
  });
});

describe('the first message and later ones', () => {
  const first =
    'ABC Services: this is an attempt to collect a debt. Any information obtained will be used for that purpose. Reply STOP to opt out.';
  test('the first says more, and what it says serves for later ones', () => {
    expect(faults({ text: first, when: 'first' }, 'us-federal')).toEqual([]);
    const later = 'From ABC Services, a debt collector. Reply STOP to opt out.';
    expect(faults({ text: later }, 'us-federal')).toEqual([]);
    expect(faults({ text: later, when: 'first' }, 'us-federal')).toEqual([
      'US-F-11a missing miniMirandaFirst',
    ]);
  });
  test('in another language than the rest it does not count', () => {
    expect(faults({ text: first, when: 'first', language: 'pl' }, 'us-federal')).toEqual([
      expect.stringMatching(/^US-F-11a language miniMirandaFirst/),
      expect.stringMatching(/^US-F-11b language miniMirandaLater/),
    ]);
  });
  test('a language whose words nobody wrote down is not held against it', () => {
    expect(faults({ text: first, when: 'first', language: 'es' }, 'us-federal')).toEqual([]);
  });
});

describe('what an agent says first', () => {
  const script = (text: string, language: string, ...ids: string[]) =>
    faults({ text, language, channel: 'call', when: 'callStart' }, ...ids);
  test.each([
    ['en', 'My name is {agent} and I am calling from {firm} on behalf of {creditor}.'],
    ['pl', 'Dzień dobry, nazywam się Anna Nowak, dzwonię w imieniu PKO Bank.'],
    ['ru', 'Здравствуйте, меня зовут Иванов Пётр, я звоню от имени ООО «Восток».'],
  ])('%s: %s', (language, text) => expect(script(text, language, 'es')).toEqual([]));
  test('a name, the creditor and the recording in Russia', () => {
    const text = 'Меня зовут Иванов Пётр Сергеевич, кредитор ООО «Восток».';
    expect(script(text, 'ru', 'ru')).toEqual(['RU-05 missing recordingNotice']);
    expect(script(`${text} Разговор записывается.`, 'ru', 'ru')).toEqual([]);
  });
  test('a robot says that it is one', () => {
    const bot = { channel: 'call', when: 'botStart', language: 'ru' } as const;
    const text = 'Меня зовут Анна, кредитор ООО «Восток». Разговор записывается.';
    expect(faults({ text, ...bot }, 'ru')).toEqual([
      'RU-05a missing robotNotice',
      'RU-16 missing robotNotice',
    ]);
    expect(faults({ text: `${text} Я робот.`, ...bot }, 'ru')).toEqual([]);
  });
});

test('the message after an abandoned call: who, and a number to stop calls; nothing sold', () => {
  const abandoned = (text: string) =>
    faults({ text, channel: 'call', when: 'abandonMessage' }, 'uk');
  const good =
    'This is ABC Services. We called you by mistake. To stop further calls, call 020 7946 0000.';
  expect(abandoned(good)).toEqual([]);
  expect(abandoned('This is ABC Services. To stop further calls, call us.')).toEqual([
    'UK-O-02a missing stopNumber',
  ]);
  expect(abandoned(`${good} Ask about our special offer!`)).toEqual([
    'UK-O-02a forbidden marketing special offer',
  ]);
});

describe('which rules speak', () => {
  test('those of the channel, the moment and the person', () => {
    const debt = 'This is {agent}. You owe a debt.';
    const third = { text: debt, target: 'thirdParty' } as const;
    expect(
      faults({ ...third }, 'us-federal').filter((fault) => fault.startsWith('US-F-12a')),
    ).toEqual(['US-F-12a forbidden debt debt', 'US-F-12a forbidden debt owe']);
    expect(faults({ text: debt, channel: 'visit' }, 'us-federal')).toEqual([]);
  });
  test('one that only warns is told and does not refuse', () => {
    const { ok, problems } = ask({ text: 'Sehr geehrte Frau', channel: 'letter' }, rulesOf('de'));
    expect(problems).toEqual([
      expect.objectContaining({ rule: 'DE-03a', problem: 'missing', element: 'complaintPath' }),
    ]);
    expect(ok).toBe(true);
  });
  test('a rule counts from its first day on', () => {
    const eu = packs.filter(({ id }) => id === 'eu');
    expect(contentRulesOf(eu, Date.parse('2026-08-01T12:00:00Z'))).toEqual([]);
    expect(contentRulesOf(eu, now).map(({ rule }) => rule.id)).toEqual(['EU-A-01']);
  });
});

describe('what is recognised', () => {
  const found = (text: string) => new Set(ask({ text }, []).found.map(({ element }) => element));
  const samples: [ContentElement, string[]][] = [
    ['greeting', ['Good morning', 'Dzień dobry', 'Здравствуйте', '您好']],
    [
      'dateTime',
      ['on Monday', 'w poniedziałek', 'в понедельник', '今天', '2026-11-24', 'at 10:30'],
    ],
    [
      'businessName',
      [
        'calling from ABC Services',
        'dzwonię z ~ firmy ABC',
        'компания Восток',
        '这里是某某服务公司',
        '{firm}',
      ],
    ],
    [
      'contactName',
      [
        'my name is Ann Lee',
        'nazywam się Anna Nowak',
        'меня зовут Анна Ли',
        '我叫王小明',
        '{agent}',
      ],
    ],
    ['callerIdentity', ['my name is Ann Lee', '{firm}']],
    ['contactNumber', ['555-010-0199', '+48 601 234 567', '8 (495) 123-45-67', '{callBackNumber}']],
    ['callBackRequest', ['please call us', 'proszę o kontakt', 'перезвоните', '请回电']],
    ['suggestedTimes', ['between 9 and 5', 'w godzinach 9-17', 'в рабочие дни', '工作日']],
    [
      'anyRepresentative',
      ['any representative', 'z dowolnym konsultantem', 'любой сотрудник', '任何客服'],
    ],
    [
      'creditorName',
      [
        'on behalf of Big Bank',
        'wierzyciel: Duży Bank',
        'кредитор ООО Восток',
        '受某某银行委托',
        '{creditor}',
      ],
    ],
    ['registration', ['registration number 12', 'nr wpisu 12', 'реестр', '许可证']],
    ['debt', ['your debt', 'zadłużenie', 'задолженность', '欠款']],
    ['amount', ['$120.00', '120,00 zł', '1200 руб.', '300元', '{amount}']],
    [
      'miniMirandaFirst',
      [
        'an attempt to collect a debt and any information obtained will be used for that purpose',
        'próba odzyskania długu, informacje zostaną wykorzystane',
        'попытка взыскать долг, информация будет использована',
        '催收债务，所得信息将用于此目的',
      ],
    ],
    [
      'miniMirandaLater',
      ['from a debt collector', 'firma windykacyjna', 'коллекторское агентство', '催收公司'],
    ],
    ['optOut', ['Reply STOP to opt out', 'Odpisz STOP', 'Ответьте СТОП', '回复TD退订']],
    [
      'stopNumber',
      [
        'to stop these calls call 020 7946 0000',
        'aby nie otrzymywać więcej połączeń: 601 234 567',
        'чтобы не получать звонки: 8 495 123-45-67',
        '不再接听请拨 010-12345678',
      ],
    ],
    ['complaintPath', ['how to complain', 'reklamacje', 'жалобы', '投诉']],
    [
      'recordingNotice',
      ['this call may be recorded', 'rozmowa jest nagrywana', 'разговор записывается', '通话录音'],
    ],
    [
      'robotNotice',
      ['an automated assistant', 'wirtualny asystent', 'голосовой помощник', '智能语音'],
    ],
    ['marketing', ['a special offer', 'wyjątkowa oferta', 'выгодное предложение', '优惠']],
    [
      'threat',
      ['you will be arrested', 'powiadomimy pracodawcę', 'уголовное дело', '通知你的单位'],
    ],
  ];
  test.each(samples)('%s in each language', (element, texts) => {
    const missed = texts.filter((text) => !found(text).has(element));
    expect(missed).toEqual([]);
  });
  test('there is a sample of every element', () => {
    expect(samples.map(([element]) => element).sort()).toEqual([...contentElements].sort());
  });

  test.each([
    ['an amount is no telephone number', 'Pay $1,234,567.00', 'contactNumber'],
    ['a date is no telephone number', 'by 2026-11-24', 'contactNumber'],
    ['a name without a cue is nobody', 'Ann Lee', 'contactName'],
    ['an unknown field stands for nothing', '{nobody.knows}', 'businessName'],
    ['a stop sign is no opt-out', 'We will not stop', 'optOut'],
    ['a way to stop calls needs a number', 'to stop these calls', 'stopNumber'],
  ] as [string, string, ContentElement][])('%s', (_what, text, element) => {
    expect(found(text).has(element)).toBe(false);
  });

  test('any text is checked without an error, and what was found stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { words } of ask(voicemail(text), rulesOf('us-federal', 'ru')).found) {
          expect(text).toContain(words);
        }
      }),
    );
  });
  test('20,000 characters take no longer than they should', () => {
    for (const part of [
      'call Ann ',
      '{firm} ',
      '12 ',
      'ABC ',
      '(',
      '请',
      'information used ',
      '9 and ',
    ]) {
      const text = part.repeat(20_000).slice(0, 20_000);
      const from = performance.now();
      ask(voicemail(text), rulesOf('us-federal'));
      expect(performance.now() - from, part).toBeLessThan(5_000);
    }
  });

  const hostile = [
    '代表',
    '打电话',
    '$1,',
    '$1 ',
    '{a',
    '12.',
    '{firm}$1',
    'Debt Bank ',
    'call Ann ',
  ];
  test.each(hostile)(
    '"%s" again and again: eight times the length, no square of the time',
    (part) => {
      const rules = rulesOf('us-federal');
      const medianMilliseconds = (length: number) => {
        const text = part.repeat(length).slice(0, length);
        const taken = [0, 1, 2].map(() => {
          // of this thread alone: others who want the processor make it wait, and not work
          const from = process.threadCpuUsage();
          ask(voicemail(text), rules);
          const { user, system } = process.threadCpuUsage(from);
          return (user + system) / 1_000;
        });
        return taken.sort((a, b) => a - b)[1] as number;
      };
      medianMilliseconds(2_500);
      // a text that took the square would take 64 times as long; under 5 ms the clock says little
      const short = Math.max(5, medianMilliseconds(2_500));
      const long = medianMilliseconds(20_000);
      expect(long).toBeLessThan(16 * short);
      // the thread that reads texts also answers commands; the usual is under 300 ms
      expect(long).toBeLessThan(1_500);
    },
  );
});
