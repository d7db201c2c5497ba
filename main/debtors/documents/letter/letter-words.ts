import type { DocumentLanguage } from '#shared/contract/index.ts';

/** Words of a letter that do not come from its template. */
export interface LetterWords {
  reference: string;
  page: string;
  phone: string;
  email: string;
  account: string;
  total: string;
  number: string;
  columns: Readonly<
    Record<
      | 'reference'
      | 'creditor'
      | 'issuedOn'
      | 'dueOn'
      | 'principal'
      | 'interest'
      | 'fees'
      | 'paid'
      | 'balance',
      string
    >
  >;
  instalments: { position: string; dueOn: string; amount: string; paid: string };
  payments: { paidOn: string; amount: string; method: string; reference: string };
  payTo: {
    amount: string;
    account: string;
    bank: string;
    title: string;
    deadline: string;
    recipient: string;
  };
  methods: Readonly<Record<string, string>>;
}

const english: LetterWords = {
  reference: 'Our reference',
  page: 'Page {{page}} of {{pages}}',
  phone: 'Phone',
  email: 'E-mail',
  account: 'Account',
  total: 'Total',
  number: 'No.',
  columns: {
    reference: 'Debt',
    creditor: 'Creditor',
    issuedOn: 'Issued on',
    dueOn: 'Due on',
    principal: 'Principal',
    interest: 'Interest',
    fees: 'Fees',
    paid: 'Paid',
    balance: 'To pay',
  },
  instalments: { position: 'No.', dueOn: 'Due on', amount: 'Amount', paid: 'Paid' },
  payments: { paidOn: 'Paid on', amount: 'Amount', method: 'How', reference: 'Reference' },
  payTo: {
    amount: 'Amount',
    account: 'Account number',
    bank: 'Bank',
    title: 'Payment reference',
    deadline: 'Pay by',
    recipient: 'Recipient',
  },
  methods: { transfer: 'bank transfer', cash: 'cash', card: 'card', other: 'other' },
};

const polish: LetterWords = {
  reference: 'Nasz znak',
  page: 'Strona {{page}} z {{pages}}',
  phone: 'Telefon',
  email: 'E-mail',
  account: 'Rachunek',
  total: 'Razem',
  number: 'Lp.',
  columns: {
    reference: 'Dług',
    creditor: 'Wierzyciel',
    issuedOn: 'Wystawiono',
    dueOn: 'Termin',
    principal: 'Należność główna',
    interest: 'Odsetki',
    fees: 'Koszty',
    paid: 'Wpłacono',
    balance: 'Do zapłaty',
  },
  instalments: { position: 'Lp.', dueOn: 'Termin', amount: 'Kwota', paid: 'Wpłacono' },
  payments: { paidOn: 'Data wpłaty', amount: 'Kwota', method: 'Sposób', reference: 'Tytuł' },
  payTo: {
    amount: 'Kwota',
    account: 'Numer rachunku',
    bank: 'Bank',
    title: 'Tytuł przelewu',
    deadline: 'Termin zapłaty',
    recipient: 'Odbiorca',
  },
  methods: { transfer: 'przelew', cash: 'gotówka', card: 'karta', other: 'inny' },
};

const russian: LetterWords = {
  reference: 'Наш номер',
  page: 'Страница {{page}} из {{pages}}',
  phone: 'Телефон',
  email: 'Эл. почта',
  account: 'Счёт',
  total: 'Итого',
  number: '№',
  columns: {
    reference: 'Долг',
    creditor: 'Кредитор',
    issuedOn: 'Дата документа',
    dueOn: 'Срок',
    principal: 'Основной долг',
    interest: 'Проценты',
    fees: 'Расходы',
    paid: 'Оплачено',
    balance: 'К оплате',
  },
  instalments: { position: '№', dueOn: 'Срок', amount: 'Сумма', paid: 'Оплачено' },
  payments: { paidOn: 'Дата платежа', amount: 'Сумма', method: 'Способ', reference: 'Назначение' },
  payTo: {
    amount: 'Сумма',
    account: 'Номер счёта',
    bank: 'Банк',
    title: 'Назначение платежа',
    deadline: 'Оплатить до',
    recipient: 'Получатель',
  },
  methods: { transfer: 'банковский перевод', cash: 'наличные', card: 'карта', other: 'иное' },
};

const chinese: LetterWords = {
  reference: '我方编号',
  page: '第 {{page}} 页，共 {{pages}} 页',
  phone: '电话',
  email: '电子邮箱',
  account: '账户',
  total: '合计',
  number: '序号',
  columns: {
    reference: '债务',
    creditor: '债权人',
    issuedOn: '开具日期',
    dueOn: '到期日',
    principal: '本金',
    interest: '利息',
    fees: '费用',
    paid: '已付',
    balance: '应付',
  },
  instalments: { position: '期数', dueOn: '到期日', amount: '金额', paid: '已付' },
  payments: { paidOn: '付款日期', amount: '金额', method: '方式', reference: '附言' },
  payTo: {
    amount: '金额',
    account: '账号',
    bank: '开户行',
    title: '转账附言',
    deadline: '付款期限',
    recipient: '收款人',
  },
  methods: { transfer: '银行转账', cash: '现金', card: '银行卡', other: '其他' },
};

export const letterWords: Readonly<Record<DocumentLanguage, LetterWords>> = {
  en: english,
  pl: polish,
  ru: russian,
  zh: chinese,
};
