// The report of a visit saves itself every few seconds, on the phone at once and at the school when there is a
// connection; it outlives a closed tab and is sent when the connection is back. See docs/architecture.md.
import * as store from "./report-store.js";
import { differences, fieldsOf, putBack, typedIn } from "./report-fields.js";
import { offerPeople } from "./report-people.js";
import { Photos } from "./report-photos.js";
import { OUT, poster } from "./report-post.js";
import { foldSteps, openStepOf } from "./report-steps.js";
import { askWhose, say, showOver } from "./report-words.js";

const SAVE_AFTER = 2000;
const TRY_AGAIN_AFTER = 8000;
const form = document.querySelector("form[data-report]");
const id = `${document.body.dataset.person}:${form.dataset.report}`;
const post = poster(form);
const photos = new Photos(form, id, post);
const hidden = (name) => form.elements[name];
const state = { isReading: true, isDirty: false, isQueued: false, isStopped: false, hasWaited: false, edits: 0, saving: null, sending: null, timer: 0 };

function mark() {
  localStorage.reportDevice ??= Math.random().toString(36).slice(2, 10);
  const kind = matchMedia("(pointer: coarse)").matches ? "phone" : "desk";
  return `${kind}-${localStorage.reportDevice}-${Math.random().toString(36).slice(2, 10)}`;
}

function keep() {
  const { isDirty, isQueued } = state;
  const row = { id, fields: fieldsOf(form), revision: Number(hidden("revision").value), device: hidden("device").value, isDirty, isQueued };
  return store.put("reports", { ...row, token: hidden("form_token").value, file: form.elements.demand_report.files[0] ?? null, at: Date.now() });
}

function later(act, delay) {
  clearTimeout(state.timer);
  state.timer = setTimeout(act, delay);
}

async function waitForConnection() {
  state.hasWaited = true;
  await keep();
  say(state.isQueued ? "queued" : "kept");
  later(goOn, TRY_AGAIN_AFTER);
  return "waiting";
}

// Answers "saved", "waiting" for the connection, or "stopped" where the person must say how to go on.
function save() {
  state.saving ??= saveNow().finally(() => {
    state.saving = null;
  });
  return state.saving;
}

async function saveNow() {
  await reading;
  if (state.isStopped) return "stopped";
  clearTimeout(state.timer);
  const { edits } = state;
  await keep();
  const data = new FormData();
  for (const [name, value] of fieldsOf(form)) data.append(name, value);
  if (!state.isQueued) say("saving");
  let reply;
  try {
    reply = await post(form.dataset.draftUrl, data);
  } catch {
    return waitForConnection();
  }
  return reply.status === 200 ? saved(reply.answer, edits) : refused(reply);
}

async function saved({ revision, at, people }, edits) {
  hidden("revision").value = revision;
  state.isDirty = state.edits !== edits;
  await keep();
  if (!state.isQueued) say("saved", { time: at });
  offerPeople(form, people);
  if (state.isDirty) later(save, SAVE_AFTER);
  return "saved";
}

async function refused({ status, answer }) {
  if (answer.conflict) return conflict(answer);
  if (status >= 500) return waitForConnection();
  state.isQueued = false;
  await keep();
  if (answer.over) {
    state.isStopped = true;
    showOver(form, answer.over, answer.location);
  }
  say(status === OUT ? "out" : "refused");
  return "stopped";
}

async function conflict({ conflict: told, revision, said }) {
  Object.assign(state, { isStopped: true, isQueued: false });
  await keep();
  say("refused");
  askWhose(form, told, differences(form, said)).then(async (whose) => {
    if (whose === "theirs") {
      await store.remove("reports", id);
      location.reload();
      return;
    }
    hidden("revision").value = revision;
    state.isStopped = false;
    await save();
  });
  return "stopped";
}

function send() {
  state.sending ??= sendOnce().finally(() => {
    state.sending = null;
  });
  return state.sending;
}

async function sendOnce() {
  await reading;
  if (state.isStopped) return;
  const { minutes } = form.elements;
  if (!minutes.value.trim()) {
    openStepOf(minutes);
    minutes.reportValidity();
    return;
  }
  state.isQueued = true;
  say("sending");
  await state.saving;
  const outcome = await save();
  if (outcome === "saved" && !(await photos.flush())) await waitForConnection();
  else if (outcome === "saved") await sendNow();
}

async function sendNow() {
  const data = new FormData(form);
  data.delete("photos");
  if (state.hasWaited) data.set("unattended", "1");
  let reply;
  try {
    reply = await post(location.pathname, data);
  } catch {
    await waitForConnection();
    return;
  }
  if (reply.answer.location && reply.status === 200) {
    await store.remove("reports", id);
    location.assign(reply.answer.location);
  } else if (reply.status === 200) {
    state.isQueued = false;
    await keep();
    form.submit(); // the page then says what is wrong, beside each field
  } else await refused(reply);
}

async function goOn() {
  if (state.isStopped) return;
  if (state.isQueued) await send();
  else {
    if (state.isDirty) await save();
    await photos.flush();
  }
}

// What this phone kept goes over what the page was made with, an older page of a phone without connection too; not over
// what was typed while it was read.
async function readKept() {
  await store.forgetOld();
  const kept = await store.get("reports", id);
  const typed = new Set(typedIn(form));
  const isNewer = kept && (kept.isDirty || kept.isQueued || kept.revision > Number(hidden("revision").value));
  hidden("device").value = isNewer ? kept.device : mark();
  if (isNewer && form.dataset.refused === undefined) {
    putBack(form, kept.fields, typed);
    const isDirty = kept.isDirty || typed.size > 0;
    Object.assign(state, { isDirty, isQueued: kept.isQueued, hasWaited: kept.isQueued });
    hidden("revision").value = kept.revision;
    hidden("form_token").value = kept.token;
    if (kept.file && !typed.has("demand_report")) fileBack(kept.file);
    say("restored");
  } else state.isDirty = typed.size > 0 || form.dataset.refused === "refused"; // the person decides whose
  state.isReading = false;
}

async function start() {
  await reading;
  await photos.start();
  await goOn();
}

function fileBack(file) {
  const carrier = new DataTransfer();
  carrier.items.add(file);
  form.elements.demand_report.files = carrier.files;
}

function edited(event) {
  if (event.target.name === "photos" || event.target.name === "drop") return;
  if (state.isReading) return; // readKept sees for itself what was typed
  state.isDirty = true;
  state.edits += 1;
  keep();
  if (!state.isStopped) later(save, SAVE_AFTER);
}

foldSteps(form);
for (const kind of ["input", "change"]) form.addEventListener(kind, edited);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.name === "later") save();
  else send();
});
window.addEventListener("online", goOn);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && state.isDirty) save();
});
const reading = readKept();
start();
