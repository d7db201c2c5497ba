export { type RecordingPeaks, readPeaks } from './recording-peaks.ts';
export {
  type ByteRange,
  openRecording,
  type Recording,
  type RecordingMark,
  type RecordingState,
} from './recording-reader.ts';
export {
  createRecording,
  type RecordingOptions,
  type RecordingWriter,
} from './recording-writer.ts';
export { recoverRecording } from './recover-recording.ts';
