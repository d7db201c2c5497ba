/**
 * A failure that a caller may expect: its `code` is `area.reason`, the renderer maps it to
 * translated text. Outcomes of calls (busy, refused by a rule) are values, not errors.
 */
export class AppError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;

  constructor(
    code: string,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown; retryable?: boolean } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
    this.retryable = options.retryable ?? false;
  }
}

/** An AppError as it travels between processes and to clients. */
export interface ErrorData {
  code: string;
  message: string;
  details: Record<string, unknown>;
  retryable: boolean;
}

export function toErrorData(error: AppError): ErrorData {
  return {
    code: error.code,
    message: error.message,
    details: { ...error.details },
    retryable: error.retryable,
  };
}

export function fromErrorData(data: ErrorData): AppError {
  return new AppError(data.code, data.message, {
    details: data.details,
    retryable: data.retryable,
  });
}
