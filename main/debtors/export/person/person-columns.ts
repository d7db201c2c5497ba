import type { DocumentLanguage } from '#shared/contract/index.ts';

type Words = readonly [english: string, polish: string, russian: string, chinese: string];

/** Names of columns in an access request, beside those that lists have. */
const columns: Readonly<Record<string, Words>> = {
  accountToPay: ['Account to pay to', 'Rachunek do wpłaty', 'Счёт для оплаты', '收款账户'],
  allowed: ['Allowed', 'Dozwolono', 'Разрешено', '是否允许'],
  amountMinor: ['Amount, minor units', 'Kwota w setnych', 'Сумма в сотых', '金额（分）'],
  attemptResult: ['Result of the call', 'Wynik połączenia', 'Результат звонка', '呼叫结果'],
  attempts: ['Attempts', 'Liczba prób', 'Попыток', '尝试次数'],
  beforeJson: ['Before the change', 'Przed zmianą', 'До изменения', '更改前'],
  bookedOn: ['Booked on', 'Data księgowania', 'Дата проводки', '入账日期'],
  bytes: ['Bytes', 'Bajty', 'Байты', '字节'],
  channel: ['Channel', 'Kanał', 'Канал', '渠道'],
  companyName: ['Company', 'Firma', 'Компания', '公司'],
  companyNumber: ['Company number', 'Numer firmy', 'Номер компании', '公司注册号'],
  component: ['Part of the debt', 'Składnik długu', 'Часть долга', '债务组成'],
  contact: ['Contact', 'Kontakt', 'Контакт', '联系方式'],
  creditorName: ['Creditor', 'Wierzyciel', 'Кредитор', '债权人'],
  dataJson: ['Details', 'Szczegóły', 'Подробности', '详情'],
  debtKind: ['Kind of debt', 'Rodzaj długu', 'Вид долга', '债务类型'],
  decidedAt: ['Decided', 'Rozstrzygnięto', 'Решено', '决定时间'],
  deletedAt: ['Removed', 'Usunięto', 'Удалено', '移除时间'],
  detailsJson: ['Details', 'Szczegóły', 'Подробности', '详情'],
  direction: ['Direction', 'Kierunek', 'Направление', '方向'],
  dispositionCode: ['Outcome', 'Wynik rozmowy', 'Итог разговора', '通话结果'],
  durationMs: ['Length, ms', 'Długość, ms', 'Длительность, мс', '时长（毫秒）'],
  erasedAt: ['Erased', 'Usunięto treść', 'Стёрто', '删除时间'],
  familyName: ['Family name', 'Nazwisko', 'Фамилия', '姓'],
  finishedAt: ['Finished', 'Zakończono', 'Завершено', '完成时间'],
  flagsJson: ['Flags', 'Oznaczenia', 'Отметки', '标记'],
  givenAt: ['Given', 'Udzielono', 'Дано', '给予时间'],
  givenName: ['Given name', 'Imię', 'Имя', '名'],
  hoursJson: ['Hours', 'Godziny', 'Часы', '时段'],
  interestFrom: ['Interest from', 'Odsetki od', 'Проценты с', '计息起始'],
  interestKind: ['Kind of interest', 'Rodzaj odsetek', 'Вид процентов', '利息类型'],
  issuedOn: ['Issued on', 'Wystawiono', 'Дата документа', '开具日期'],
  jurisdiction: ['Law of', 'Prawo kraju', 'Право страны', '适用法律'],
  label: ['Label', 'Opis', 'Название', '标签'],
  lastResult: ['Last result', 'Ostatni wynik', 'Последний результат', '最近结果'],
  lastTriedAt: ['Last tried', 'Ostatnia próba', 'Последняя попытка', '最近尝试'],
  liftedAt: ['Lifted', 'Zniesiono', 'Снято', '解除时间'],
  limitationOn: ['Limitation', 'Przedawnienie', 'Исковая давность', '诉讼时效'],
  maySpeak: ['May be spoken to', 'Można rozmawiać', 'Можно говорить', '可否沟通'],
  medium: ['Medium', 'Środek', 'Средство', '媒介'],
  name: ['Name', 'Nazwa', 'Название', '名称'],
  nationalIdKind: ['Kind of national id', 'Rodzaj numeru', 'Вид номера', '证件类型'],
  note: ['Note', 'Notatka', 'Заметка', '备注'],
  payerAccount: ['Account of the payer', 'Rachunek wpłacającego', 'Счёт плательщика', '付款账户'],
  peer: ['Other end', 'Druga strona', 'Другая сторона', '对方'],
  position: ['Position', 'Pozycja', 'Номер по порядку', '序号'],
  reason: ['Reason', 'Powód', 'Причина', '原因'],
  requestJson: ['What was asked', 'O co zapytano', 'Запрос', '请求'],
  resultJson: ['Answer', 'Odpowiedź', 'Ответ', '结果'],
  sentAt: ['Sent', 'Wysłano', 'Отправлено', '寄出时间'],
  sentHow: ['Sent by', 'Sposób wysłania', 'Способ отправки', '寄送方式'],
  since: ['Since', 'Od', 'С', '自'],
  speakTo: ['Who may be spoken to', 'Z kim można rozmawiać', 'С кем говорить', '可联系人'],
  startedAt: ['Started', 'Rozpoczęto', 'Начато', '开始时间'],
  state: ['State', 'Stan', 'Состояние', '状态'],
  text: ['Text', 'Treść', 'Текст', '内容'],
  timeZonesJson: ['Time zones', 'Strefy czasowe', 'Часовые пояса', '时区'],
  title: ['Title', 'Tytuł', 'Назначение', '附言'],
  until: ['Until', 'Do', 'До', '至'],
  updatedAt: ['Updated', 'Zmieniono', 'Изменено', '更新时间'],
  value: ['Number or address', 'Numer lub adres', 'Номер или адрес', '号码或地址'],
  withdrawnAt: ['Withdrawn', 'Wycofano', 'Отозвано', '撤回时间'],
};

const languages: readonly DocumentLanguage[] = ['en', 'pl', 'ru', 'zh'];

/** @returns null when there is no word for it */
export function columnWord(column: string, language: DocumentLanguage): string | null {
  return columns[column]?.[languages.indexOf(language)] ?? null;
}

/** Ids of rows and the like say nothing to a reader; they are in `data.json`. */
export function isTechnical(column: string): boolean {
  if (column === 'nationalId' || column === 'taxId' || column === 'callerId') return false;
  return column === 'id' || /(?:Id|Hash|Into)$/.test(column) || TECHNICAL.has(column);
}

const TECHNICAL: ReadonlySet<string> = new Set([
  'searchName',
  'synthetic',
  'rank',
  'sourceKey',
  'sha256',
  'packsJson',
  'routeSetJson',
  'keptJson',
]);
