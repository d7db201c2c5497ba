/** what `{…}` of a script stands for and would disclose; see `fillScript` */
const tellingFields = /\{(?:creditor|balance|amount|dueOn|date|ref|account)\}/;

/**
 * Beginnings of words that say that somebody owes something, in the languages that scripts are written in. `debtor` is
 * not among them as the name of a field: `{debtor}` is a name.
 */
const tellingWords = [
  /\b(?:debt|debts|owe|owes|owed|owing|overdue|past due|arrears|creditor|collect|invoice|bill|payment|pay|paying|paid|instal)/i,
  /(?:dług|dłużn|zadłuż|wierzyc|należno|zaległ|faktur|rachun|zapłac|zapłat|spłat|spłac|wpłat|wpłac|windykac|rat[aęy]\b)/i,
  /(?:долг|задолж|должн|кредит|взыска|просроч|счет|счёт|оплат|плат[её]ж|платит|погас)/i,
  /(?:债|欠|款|账单|付|还清|催收|逾期|分期)/,
];

/** True when words, or what their `{…}` will be filled with, would tell a listener that there is a debt. */
export function namesTheDebt(text: string): boolean {
  if (tellingFields.test(text)) return true;
  const words = text.replace(/\{\w+\}/g, ' ');
  return tellingWords.some((pattern) => pattern.test(words));
}
