/** The first and the last instant of a calendar day of the reader. @param date `YYYY-MM-DD` */
export function dayRange(date: string): { from: number; to: number } {
  const start = new Date(`${date}T00:00:00`);
  const end = new Date(start);
  // not 24 hours on: two days of the year are longer and shorter
  end.setDate(end.getDate() + 1);
  return { from: start.getTime(), to: end.getTime() };
}

/** Whether a date field holds a day that exists. */
export function isDay(date: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(new Date(`${date}T00:00:00`).getTime());
}
