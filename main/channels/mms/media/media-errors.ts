import { AppError } from '#shared/errors/index.ts';

export function unreadable(why: string, cause?: unknown): AppError {
  return new AppError('message.media-unreadable', `the file cannot be read: ${why}`, { cause });
}

export function tooLarge(why: string, details: Record<string, unknown> = {}): AppError {
  return new AppError('message.media-too-large', `the file is too large: ${why}`, { details });
}

export function wrongKind(): AppError {
  return new AppError('message.media-kind', 'this kind of file cannot be sent');
}
