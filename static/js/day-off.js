// A date field that is followed by [data-day-off] says there when the day chosen is a day off, and which day comes next.
const DAY = 24 * 60 * 60 * 1000;
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const inWords = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
const written = (day) => day.toISOString().slice(0, 10);

function isWorkday(day, days) {
  if (written(day) in days.off) return false;
  return days.worked.includes(written(day)) || ![0, 6].includes(day.getUTCDay());
}

function hint(day, days) {
  if (isWorkday(day, days)) return "";
  let next = day;
  while (!isWorkday(next, days)) next = new Date(next.getTime() + DAY);
  const name = days.off[written(day)];
  const said = { day: inWords.format(day), weekday: weekday.format(day), next: inWords.format(next), name };
  return (name === undefined ? days.weekend : days.holiday).replace(/\{(\w+)\}/g, (_, key) => said[key]);
}

document.addEventListener("change", (event) => {
  const place = event.target.nextElementSibling;
  if (place?.dataset.dayOff === undefined) return;
  const day = event.target.valueAsDate;
  place.textContent = day === null ? "" : hint(day, JSON.parse(place.nextElementSibling.textContent));
});
