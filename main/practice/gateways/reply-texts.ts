/** Languages in which practice debtors answer. */
export type ReplyLanguage = 'pl' | 'en' | 'ru' | 'zh';

/** What a reply is about. */
export type ReplyTopic = 'question' | 'promise' | 'paid' | 'complaint' | 'stop' | 'long';

/** What debtors write back: made up, synthetic, in the words of people who type on a phone. */
export const replyTexts: Readonly<Record<ReplyLanguage, Record<ReplyTopic, readonly string[]>>> = {
  pl: {
    question: [
      'Dzień dobry, ile dokładnie mam do zapłaty?',
      'Na jaki numer konta mam przelać?',
      'A czy można to rozłożyć na raty?',
    ],
    promise: [
      'Zapłacę w piątek, jak dostanę wypłatę',
      'Ok, przeleję połowę jutro, resztę do końca miesiąca',
      'Wpłacę 200 zł w poniedziałek',
    ],
    paid: ['Przecież już zapłaciłem w zeszłym tygodniu', 'Przelew poszedł wczoraj'],
    complaint: ['To nie mój dług, proszę przysłać umowę', 'Kwota się nie zgadza'],
    stop: ['STOP'],
    long: [
      'Dzień dobry, straciłem pracę w zeszłym miesiącu i nie dam rady zapłacić wszystkiego naraz. Od poniedziałku zaczynam w nowej firmie, pierwszą wypłatę dostanę dziesiątego. Czy mogę płacić po 150 zł miesięcznie, zaczynając od przyszłego miesiąca? Proszę o odpowiedź, dziękuję 🙏',
    ],
  },
  en: {
    question: [
      'How much exactly do I owe?',
      'Which account number do I pay to?',
      'Can I pay it in instalments?',
    ],
    promise: [
      'I will pay on Friday when I get my wages',
      'Ok, half tomorrow and the rest by the end of the month',
      'I can pay 50 on Monday',
    ],
    paid: ['I already paid this last week', 'The transfer went out yesterday'],
    complaint: ['This is not my debt, send me the contract', 'The amount is wrong'],
    stop: ['STOP'],
    long: [
      'Hello, I lost my job last month and I cannot pay everything at once. I start at a new company on Monday and get my first wages on the tenth. Could I pay 40 a month, beginning next month? Please let me know, and thank you for your patience 🙏',
    ],
  },
  ru: {
    question: ['Сколько точно я должен?', 'На какой счёт переводить?', 'А можно платить частями?'],
    promise: [
      'Заплачу в пятницу, когда получу зарплату',
      'Хорошо, половину переведу завтра, остальное до конца месяца',
      'В понедельник внесу 2000',
    ],
    paid: ['Я уже заплатил на прошлой неделе', 'Перевод отправил вчера'],
    complaint: ['Это не мой долг, пришлите договор', 'Сумма неверная'],
    stop: ['СТОП'],
    long: [
      'Здравствуйте, в прошлом месяце я потерял работу и не могу заплатить всё сразу. С понедельника выхожу на новое место, первая зарплата будет десятого числа. Можно ли платить по 1500 в месяц, начиная со следующего месяца? Ответьте, пожалуйста, спасибо 🙏',
    ],
  },
  zh: {
    question: ['我到底欠多少钱?', '应该转到哪个账户?', '可以分期付款吗?'],
    promise: ['我周五发工资就还', '好的,明天先还一半,月底还清', '周一我先还300'],
    paid: ['我上周已经付过了', '昨天已经转账了'],
    complaint: ['这不是我的欠款,请把合同发给我', '金额不对'],
    stop: ['退订'],
    long: [
      '您好,我上个月失业了,没有办法一次还清。下周一我开始新的工作,十号发第一次工资。请问能不能从下个月开始每月还三百元?我不是不想还,只是现在确实困难,家里还有老人和孩子要照顾。请尽快回复我,谢谢您的理解🙏',
    ],
  },
};
