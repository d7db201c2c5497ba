import type { ImportFinding } from '#shared/contract/index.ts';

/** What a reason means, for the rejects file; the window has its own texts in each language. */
export const findingTexts: Readonly<Record<ImportFinding, string>> = {
  'record.columns': 'the row has more or fewer cells than the header',
  'record.too-long': 'the row is too long to be one',
  'record.damaged-quotes': 'a quotation mark was opened and not closed',
  'record.truncated': 'the file ends in the middle of this row',
  'record.damaged-text': 'the row holds bytes that are no text',
  'name.missing': 'there is no name of a person or a company',
  'amount.missing': 'there is no amount',
  'amount.unreadable': 'an amount cannot be read',
  'amount.negative': 'an amount is negative',
  'amount.too-large': 'an amount is too large',
  'amount.sum-differs': 'the balance is more than its parts together',
  'currency.unknown': 'the currency is unknown, or there are two',
  'due-date.unreadable': 'the due date cannot be read',
  'birth-date.unreadable': 'the birth date cannot be read',
  'national-id.wrong': 'the national id is wrong by its check digit',
  'tax-id.wrong': 'the tax number is wrong by its check digit',
  'email.unreadable': 'an e-mail address cannot be read',
  'language.unknown': 'the language is unknown',
  'country.unknown': 'the country is unknown',
  'region.unknown': 'the state is unknown',
  'account.wrong': 'the account number is wrong by its check digits',
  'phone.missing': 'there is no phone number',
  'phone.unreadable': 'no phone number can be read',
  'phone.only-practice':
    'a practice store takes made-up practice numbers only, and this one may be somebody’s',
  'phone.only-real': 'this number is of a range for practice: a real store takes real numbers only',
};
