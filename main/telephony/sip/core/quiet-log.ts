import { LoggerFactory } from 'sip.js/lib/core/index.js';

/** sip.js prints every transaction, with numbers, unless told otherwise; our logs hold no such thing. */
export function quietLog(): LoggerFactory {
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  return factory;
}
