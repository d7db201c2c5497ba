import type { MessageField } from '#shared/contract/index.ts';

/** Fields that let a reader know of a debt: amounts, agreements, who is owed, where to pay, what is attached. */
const revealing =
  /^(total|plan|promise|debt|account)\.|^(creditor\.name|payment\.link|document\.link)$/;

export function isRevealing(field: MessageField): boolean {
  return revealing.test(field);
}
