// Forms that survive a lost connection: what is typed is kept on this device per person, what was sent without a connection waits
// in a queue and is sent once (the form's own key makes a second sending harmless). Everything is cleared at sign-out.
// A form takes part with data-once="<kind>"; data-key names its draft. docs/domain/visits.md tells the whole story.

const box = document.querySelector("#drafts");
const words = box?.dataset ?? {};
const user = words.user;
const KEY_FIELDS = { visit: "public_id", call: "key", report: "key", followup: "key", attendee: "public_id", inspection: "public_id" };
// Refused for good: what the entry is about is not open to this person any more. The rest goes on, and the text stays until it is thrown away.
const CLOSED = new Set([403, 404]);
const ADDRESSED = /[?&](line|unit|appointment)=/;

// ── The store of this person ────────────────────────────────────────────────────────────────────────────
const named = (id) => `kam-user-${id}`;
let opened;

function store() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(named(user), 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "id" });
      request.result.createObjectStore("queue", { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function within(name, mode, act) {
  const database = await store();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

// What lies here is sealed with a key that only the pages of the person signed in carry: whoever signs in next on this device finds
// a box that does not open. Without crypto.subtle (plain http, not localhost) the boxes of others are deleted instead.
const sealing = window.crypto?.subtle && words.sealed;
let key;

function sealKey() {
  key ??= crypto.subtle.importKey("raw", Uint8Array.from(words.sealed.match(/../g), (pair) => parseInt(pair, 16)), "AES-GCM", false, ["encrypt", "decrypt"]);
  return key;
}

async function seal(row) {
  if (!sealing) return row;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(row));
  return { id: row.id, iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealKey(), plain) };
}

async function unseal(row) {
  if (!row?.sealed) return row;
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, await sealKey(), row.sealed)));
  } catch {
    return undefined; // sealed with a key that is no longer in force
  }
}

async function put(name, row) {
  const sealed = await seal(row);
  return within(name, "readwrite", (rows) => rows.put(sealed));
}
const drop = (name, id) => within(name, "readwrite", (rows) => rows.delete(id));
const take = async (name, id) => unseal(await within(name, "readonly", (rows) => rows.get(id)));
const list = async (name) =>
  (await Promise.all((await within(name, "readonly", (rows) => rows.getAll())).map(unseal))).filter(Boolean).sort((a, b) => a.at - b.at);

// Boxes of other people that cannot be sealed are not left lying about.
async function dropForeign() {
  if (sealing || !indexedDB.databases) return;
  for (const { name } of await indexedDB.databases())
    if (name?.startsWith("kam-user-") && name !== named(user)) indexedDB.deleteDatabase(name);
}

// ── Typing ──────────────────────────────────────────────────────────────────────────────────────────────
const typed = (form, submitter) => [...new FormData(form, submitter)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
const draftId = (form) => `${form.dataset.once}/${form.dataset.key}`;

function addRow(rows) {
  const first = rows.querySelector("[data-row]");
  const row = first.cloneNode(true);
  row.querySelectorAll("input, textarea").forEach((field) => (field.value = ""));
  first.parentElement.insertBefore(row, rows.querySelector("[data-add-row]"));
  return row;
}

function restore(form, entries) {
  const values = {};
  for (const [name, value] of entries) (values[name] ??= []).push(value);
  for (const rows of form.querySelectorAll("[data-rows]")) {
    const name = rows.querySelector("[data-row] [name]")?.name;
    while (name && rows.querySelectorAll("[data-row]").length < (values[name]?.length ?? 0)) addRow(rows);
  }
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken" || field.name === "version") continue;
    const given = values[field.name];
    if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(given?.includes(field.value));
    else if (field.type === "file") continue;
    else if (field.multiple) [...field.options].forEach((option) => (option.selected = Boolean(given?.includes(option.value))));
    else if (given?.length) field.value = given.shift();
  }
  for (const fold of form.querySelectorAll("details"))
    fold.open ||= [...fold.querySelectorAll("input:not([type=hidden]), textarea")].some(({ type, value, checked }) => (type === "checkbox" || type === "radio" ? checked : value));
  form.dispatchEvent(new CustomEvent("kam:restored", { bubbles: true }));
}

function showSaved(form, at) {
  const mark = document.querySelector("[data-draft-mark]");
  if (!mark) return;
  mark.hidden = false;
  mark.querySelector("span").textContent = `${words.saved} ${new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
}

function autosave(form) {
  let local = 0;
  let remote = 0;
  form.addEventListener("input", () => {
    clearTimeout(local);
    local = setTimeout(async () => {
      const at = Date.now();
      await put("drafts", { id: draftId(form), at, entries: typed(form) });
      showSaved(form, at);
    }, 300);
    clearTimeout(remote);
    remote = setTimeout(() => keepOnServer(form, typed(form)), 4000);
  });
  // What is sent is no draft any more: kept a moment later, it would come back in the next form, with the key of the one before.
  form.addEventListener("submit", () => {
    clearTimeout(local);
    clearTimeout(remote);
  });
}

async function keepOnServer(form, entries) {
  const url = words.draft.replace("KIND", form.dataset.once).replace("KEY", form.dataset.key);
  await post(url, entries).catch(() => null);
}

async function bringBack(form) {
  const kept = await take("drafts", draftId(form));
  const server = document.querySelector("#server-draft");
  const serverAt = Date.parse(document.querySelector("#server-draft-at")?.dateTime ?? "") || 0;
  if (kept && kept.at >= serverAt) restore(form, kept.entries);
  else if (server) {
    const body = JSON.parse(server.textContent);
    restore(form, Object.entries(body).flatMap(([name, values]) => values.map((value) => [name, value])));
  } else return mint(form);
  showSaved(form, Math.max(kept?.at ?? 0, serverAt));
}

function mint(form) {
  const field = form.elements[KEY_FIELDS[form.dataset.once]];
  if (field) field.value = crypto.randomUUID();
}

// ── Sending ─────────────────────────────────────────────────────────────────────────────────────────────
const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?kam-csrf=([^;]+)/)?.[1] ?? "";

// Files go along only while the page that chose them is open: neither draft nor queue keeps them.
const filesOf = (form) => [...new FormData(form)].filter(([, value]) => value instanceof File && value.size);

function post(url, entries, files = []) {
  const body = files.length ? new FormData() : new URLSearchParams(entries);
  if (files.length) for (const [name, value] of [...entries, ...files]) body.append(name, value);
  return fetch(url, { method: "POST", body, redirect: "follow", headers: { Accept: "application/json", "X-CSRFToken": token() } });
}

// The browser's own sending: the server draws errors, or the page that asks which of two entries is right.
function sendByBrowser(url, entries) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  form.hidden = true;
  const csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? token();
  for (const [name, value] of [...entries, ["csrfmiddlewaretoken", csrf]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}

const isJson = (answer) => answer.headers.get("content-type")?.startsWith("application/json");

// Somebody else was saving about the same record: sent again it may be taken, and nothing is wrong with it.
const isBusy = async (answer) =>
  answer.status === 409 && isJson(answer) && Object.values((await answer.clone().json()).errors ?? {}).flat().some((one) => one.code === "busy");

async function send(form, submitter) {
  if (form.elements.typed_at) form.elements.typed_at.value = new Date().toISOString();
  const entries = typed(form, submitter);
  const files = filesOf(form);
  const kind = form.dataset.once;
  const id = form.elements[KEY_FIELDS[kind]].value;
  const texts = [...form.querySelectorAll("textarea, input[type=text]")].map((field) => field.value.trim()).filter(Boolean);
  const row = { id, kind, url: form.action, title: form.dataset.title, entries, texts, at: Date.now(), draft: form.dataset.key ? draftId(form) : "" };
  await put("queue", row);
  let answer;
  try {
    answer = await post(row.url, entries, files);
  } catch {
    if (row.draft) await drop("drafts", row.draft);
    await showQueue();
    window.kam?.toast(words.kept);
    form.reset();
    form.querySelectorAll("[data-row] ~ [data-row]").forEach((row) => row.remove());
    form.querySelectorAll("details").forEach((fold) => (fold.open = false));
    mint(form);
    document.querySelector("[data-waiting-box]")?.scrollIntoView({ block: "center" });
    return;
  }
  await drop("queue", id);
  if (answer.ok && isJson(answer)) {
    if (row.draft) await drop("drafts", row.draft);
    location.assign((await answer.json()).location);
  } else if (files.length) HTMLFormElement.prototype.submit.call(form); // with its files
  else sendByBrowser(row.url, entries);
}

let flushing = false;

async function flush() {
  if (flushing) return;
  flushing = true;
  try {
    for (const row of await list("queue")) {
      if (row.problem) continue;
      const answer = await post(row.url, row.entries);
      if (answer.redirected || (answer.status === 403 && !token()) || answer.status >= 500 || (await isBusy(answer))) break;
      if (answer.ok && isJson(answer)) {
        await drop("queue", row.id);
        window.kam?.toast(`${words.sent} ${row.title}`);
      } else await put("queue", { ...row, problem: answer.status });
    }
  } catch {
    // still no connection: the next attempt comes with the next "online" or the next page
  } finally {
    flushing = false;
    await showQueue();
  }
}

async function showQueue() {
  const rows = await list("queue");
  const note = document.querySelector("[data-waiting-box]");
  if (!note) return;
  note.hidden = !rows.length;
  note.querySelector("[data-waiting-count]").textContent = rows.length;
  note.querySelector("[data-waiting-text]").textContent = words.waiting;
  note.querySelector("[data-waiting-list]").replaceChildren(...rows.map(queueItem));
}

function queueItem(row) {
  const item = document.createElement("li");
  item.append(`${row.title} · ${new Date(row.at).toLocaleString()}`);
  if (CLOSED.has(row.problem)) {
    for (const text of [words.closed, ...(row.texts ?? [])]) item.append(Object.assign(document.createElement("p"), { textContent: text }));
    item.append(button(words.drop, async () => (await drop("queue", row.id), showQueue())));
  } else if (row.problem) {
    item.append(` · ${words.look} `);
    item.append(button(words.open, async () => (await drop("queue", row.id), sendByBrowser(row.url, row.entries))), " ");
    item.append(button(words.drop, async () => (await drop("queue", row.id), showQueue())));
  }
  return item;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-k";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// ── Pages that open without a connection ────────────────────────────────────────────────────────────────
async function keepPages() {
  if (!("serviceWorker" in navigator) || !window.caches) return;
  await navigator.serviceWorker.register(words.worker, { scope: "/" });
  for (const name of await caches.keys())
    if (name.startsWith("kam-pages-") && name !== `kam-pages-${user}`) await caches.delete(name);
  if (!document.querySelector("[data-keep-page], form[data-once]") || !navigator.onLine) return;
  const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=preload], script[src]")].map((file) => file.href || file.src);
  await (await caches.open("kam-static")).addAll([...new Set(files)].filter((url) => url.startsWith(location.origin))).catch(() => null);
  const pages = [...document.querySelectorAll("a[data-keep]")].map((link) => link.getAttribute("href"));
  const here = location.pathname + (ADDRESSED.test(location.search) ? location.search : "");
  const cache = await caches.open(`kam-pages-${user}`);
  for (const page of new Set([here, ...pages])) {
    const answer = await fetch(page).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const text = await answer.clone().text();
      await cache.put(page, answer);
      const more = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+\.(?:css|js))"/g)].map((found) => found[1]);
      await (await caches.open("kam-static")).addAll([...new Set(more)]).catch(() => null);
    }
  }
  document.documentElement.dataset.kept = "1";
}

// ── Sign-out: nothing of this person stays on the device ────────────────────────────────────────────────
async function clearDevice() {
  (await store()).close();
  opened = undefined;
  await new Promise((done) => {
    const request = indexedDB.deleteDatabase(named(user));
    request.onsuccess = request.onerror = request.onblocked = done;
  });
  for (const name of await caches.keys()) if (name.startsWith("kam-")) await caches.delete(name);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!user || form.dataset.cleared || new URL(form.action, location.href).pathname !== words.out) return;
  event.preventDefault();
  delete form.dataset.sent;
  if ((await list("queue")).length && !window.confirm(words.leave)) return;
  await clearDevice();
  form.dataset.cleared = "1";
  HTMLFormElement.prototype.submit.call(form);
});

async function begin() {
  await dropForeign();
  for (const rows of document.querySelectorAll("[data-rows]")) {
    const add = rows.querySelector("[data-add-row]");
    if (!add) continue;
    add.hidden = false;
    add.addEventListener("click", () => addRow(rows).querySelector("input, textarea, select")?.focus());
  }
  for (const fold of document.querySelectorAll("details[data-fold]"))
    fold.querySelector("summary").addEventListener("click", (event) => {
      if (fold.open) return;
      event.preventDefault();
      fold.open = true; // at once, so that the keyboard of a telephone comes up with the same tap
      fold.querySelector("input").focus();
    });
  for (const form of document.querySelectorAll("form[data-once]")) {
    if (form.dataset.key && !("bound" in form.dataset)) await bringBack(form);
    if (form.dataset.key) autosave(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
  }
  document.documentElement.dataset.drafts = "ready";
  await showQueue();
  window.addEventListener("online", flush);
  setInterval(() => navigator.onLine && flush(), 20_000);
  if (navigator.onLine) await flush();
  await keepPages();
}

if (user && window.indexedDB) begin();
