import type { Logger } from '../contract-server/index.ts';
import type { SipLogger } from '../telephony/sip/index.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One JSON line an entry on stderr: stdout belongs to the command line. Fields carry no numbers, bodies or secrets. */
export function createLogger(least: LogLevel): Logger & SipLogger {
  const order: LogLevel[] = ['debug', 'info', 'warn', 'error'];
  const write = (level: LogLevel, message: string, fields: object = {}) => {
    if (order.indexOf(level) < order.indexOf(least)) return;
    process.stderr.write(
      `${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`,
    );
  };
  return {
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}
