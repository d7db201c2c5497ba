export { formatAmount, formatMoney, formatRate, minorDigits, parseAmount } from './money.ts';
export { formatPhone, parsePhone } from './phone.ts';
export * from './time.ts';
export { fromZonedField, ownTimeZone, toZonedField } from './zoned-field.ts';
