export { type FloorSummary, FloorTimes } from './floor-times.ts';
export { pacingLogWrites } from './pacing-log-writes.ts';
export {
  exportSegment,
  linesOf,
  type RecordedLine,
  readDecisions,
  type Segment,
  segmentsOf,
} from './read-log.ts';
export { type Replayed, replay, replaying, summarize } from './replay.ts';
export { SegmentRecorder } from './segment-recorder.ts';
