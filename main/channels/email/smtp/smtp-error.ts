import type { SmtpFault, SmtpStage } from './smtp-answer.ts';

/** A fault of a submission, with how far it came. */
export class SmtpError extends Error implements SmtpFault {
  readonly stage: SmtpStage;
  readonly reply: string | null;
  readonly code: string | null;

  constructor(fault: SmtpFault, cause?: unknown) {
    super(fault.message, cause === undefined ? {} : { cause });
    this.stage = fault.stage;
    this.reply = fault.reply;
    this.code = fault.code;
  }

  /** @param stage where it happened, unless the error itself says so */
  static from(error: unknown, stage: SmtpStage): SmtpError {
    if (error instanceof SmtpError) return error;
    if (!(error instanceof Error))
      return new SmtpError({ stage, reply: null, code: null, message: String(error) });
    const { command, response, code, originalCode } = error as LibraryError;
    return new SmtpError(
      {
        stage: stageOf(command, stage),
        reply: typeof response === 'string' && response !== '' ? response : null,
        code: command === 'STARTTLS' && response ? 'STARTTLS' : (originalCode ?? code ?? null),
        message: error.message,
      },
      error,
    );
  }
}

interface LibraryError extends Error {
  command?: string;
  response?: string;
  code?: string;
  /** of the system, when the library put a code of its own */
  originalCode?: string;
}

function stageOf(command: string | undefined, stage: SmtpStage): SmtpStage {
  if (command === 'MAIL FROM') return 'sender';
  if (command === 'RCPT TO') return 'recipient';
  return stage;
}
