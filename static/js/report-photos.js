// Photos of a report: made small on the phone, which also drops where they were taken; sent one by one, in the
// background; kept on the phone until the school has them.
import * as store from "./report-store.js";
import { word } from "./report-words.js";

const LONGEST = 2000;
const QUALITY = 0.85;
const PREVIEW = 160;
const TRY_AGAIN_AFTER = 8000;

async function keyOf(file) {
  if (!crypto.subtle) return crypto.randomUUID?.() ?? `${file.name}-${file.size}-${file.lastModified}`.slice(-40);
  const sum = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 40);
}

function drawn(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function shrunk(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    return await new Promise((done) => drawn(bitmap, LONGEST).toBlob(done, "image/jpeg", QUALITY));
  } finally {
    bitmap.close();
  }
}

export class Photos {
  // `post(url, data, onProgress)` answers {status, answer}, or throws where the connection is dead.
  constructor(form, report, post) {
    Object.assign(this, { form, report, post, list: form.querySelector("[data-photos]"), waiting: [], running: null });
    this.most = Number(form.dataset.mostPhotos);
    this.wrong = form.querySelector("[data-photos-wrong]");
    form.elements.photos.addEventListener("change", (event) => this.take(event.target));
    this.list.addEventListener("change", (event) => event.target.dataset.drop && this.drop(event.target));
  }

  async start() {
    for (const row of await store.all("photos")) if (row.report === this.report) await this.show(row);
    return this.flush();
  }

  has(key) {
    return this.list.querySelector(`[data-key="${CSS.escape(key)}"]`) !== null;
  }

  complain(text) {
    this.wrong.hidden = false;
    this.wrong.append(Object.assign(document.createElement("span"), { className: "report-wrong", textContent: text }));
  }

  async take(input) {
    const files = [...input.files];
    input.value = "";
    this.wrong.replaceChildren();
    this.wrong.hidden = true;
    for (const file of files) {
      if (this.list.children.length >= this.most) {
        this.complain(word("many", { number: this.most }));
        break;
      }
      await this.takeOne(file);
    }
    await this.flush();
  }

  async takeOne(file) {
    const key = await keyOf(file);
    if (this.has(key)) return;
    let blob;
    try {
      blob = await shrunk(file);
    } catch {
      this.complain(word("broken", { name: file.name }));
      return;
    }
    const row = { id: `${this.report}:${key}`, report: this.report, key, name: file.name, blob, at: Date.now() };
    await store.put("photos", row);
    await this.show(row);
  }

  async show(row) {
    const item = document.createElement("li");
    item.dataset.key = row.key;
    const canvas = drawn(await createImageBitmap(row.blob), PREVIEW);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", row.name);
    const state = Object.assign(document.createElement("progress"), { max: 1, value: 0, title: word("waits") });
    state.setAttribute("aria-label", row.name);
    item.append(canvas, state);
    this.list.append(item);
    this.waiting.push({ row, item, state });
  }

  // Everything that waits, one after the other; answers whether all of it has arrived.
  flush() {
    this.running ??= this.sendAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async sendAll() {
    while (this.waiting.length > 0) {
      if (!(await this.sendOne(this.waiting[0]))) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), TRY_AGAIN_AFTER);
        return false;
      }
      this.waiting.shift();
    }
    return true;
  }

  async sendOne({ row, item, state }) {
    const data = new FormData();
    data.set("key", row.key);
    data.set("photo", row.blob, `${row.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`);
    let reply;
    state.value = 0;
    try {
      reply = await this.post(this.form.dataset.photosUrl, data, (share) => { state.value = share; });
    } catch {
      return false;
    }
    if (reply.status !== 200 && reply.status !== 422) return false;
    await store.remove("photos", row.id);
    if (reply.status === 422) {
      this.complain(reply.answer.error);
      item.remove();
      return true;
    }
    item.dataset.photo = reply.answer.pk;
    state.replaceWith(this.dropLabel(reply.answer));
    return true;
  }

  dropLabel({ pk, src }) {
    const label = Object.assign(document.createElement("label"), { className: "report-drop" });
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "drop", value: pk });
    box.dataset.drop = `${src}drop/`;
    label.append(box, word("drop"));
    return label;
  }

  async drop(box) {
    if (!box.checked) return;
    try {
      const { status } = await this.post(box.dataset.drop, new FormData());
      if (status === 200) box.closest("li").remove();
    } catch {
      // Left out when the report is sent: the box stays ticked and goes with it.
    }
  }
}
