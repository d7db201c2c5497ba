const timeOfDay = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Whether two stored texts are a window of one day: local `HH:MM`, the first before the second. */
export function isWindowOfDay(from: string, to: string): boolean {
  return timeOfDay.test(from) && timeOfDay.test(to) && from < to;
}
