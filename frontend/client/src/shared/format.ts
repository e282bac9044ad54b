/** Numbers and times as the readers of the page write them: 1.234,5 in Vietnamese, 1,234.5 in English. */

const ZONE = "Asia/Ho_Chi_Minh";
const timeOfDay = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const numbers = {
  vi: new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }),
};

/** "10:32:05", the time of an ISO moment in Vietnam; "" when it is no moment. */
export function timeInVietnam(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "" : timeOfDay.format(moment);
}

/** "04:12" or "1:04:12"; part of a second counts as a whole one, so 00:00 is shown only at the end. */
export function clockFace(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes, secs] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = `${twoDigits(minutes)}:${twoDigits(secs)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** "61,2" seconds as "01:01,2": a duration on a board, cut to tenths. In English "01:01.2". */
export function boardDuration(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  const minutes = Math.floor(tenths / 600);
  const rest = tenths % 600;
  return `${twoDigits(minutes)}:${twoDigits(Math.floor(rest / 10))}${point()}${rest % 10}`;
}

/** "1.234", in English "1,234". */
export function wholeNumber(value: number): string {
  return plainNumber(value);
}

/** "1.234,57" with two decimals at most, "0,1"; in English "1,234.57". */
export function plainNumber(value: number): string {
  return numbers[language()].format(value);
}

/** "12,0", in English "12.0". */
export function tenths(value: number): string {
  return value.toFixed(1).replace(".", point());
}

function point(): string {
  return language() === "en" ? "." : ",";
}

function language(): "vi" | "en" {
  return document.documentElement.lang.startsWith("en") ? "en" : "vi";
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
