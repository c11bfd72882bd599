// A page that moves by itself: events of the film's making arrive, and what they are about is fetched anew. A part in
// which somebody is writing, watching or choosing is left alone and only marked.

const source = document.querySelector("[data-events]");
const link = document.querySelector("#link");
const live = document.querySelector("#live");
const QUIET = 600; // ms between two fetches of one part
const SPEAK = 5000; // ms between two announcements
const WAITS = [500, 1000, 2000, 5000];
const ALL = ["changed", "shots", "end", "film"]; // after these anything may be another

let last = source?.dataset.after ?? "0";
let stream = null;
let tries = 0;
let retry = 0;
const due = new Set();
let timer = 0;
const said = new Map();
let speaking = 0;

// What a part says of itself is read aloud when it changed, the newest of all that changed, not more often than SPEAK.
function announce(part) {
  if (part.dataset.said) said.set(part.id, part.dataset.said);
  if (speaking) return;
  speaking = setTimeout(() => {
    live.textContent = [...said.values()].slice(-3).join(". ");
    said.clear();
    speaking = 0;
  }, said.size > 1 ? SPEAK : 300);
}

// Somebody is watching or writing in it.
function busy(part) {
  if ([...part.querySelectorAll("video, audio")].some((one) => one.currentTime > 0)) return true;
  return [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((one) => one.value !== one.defaultValue);
}

// What the server said of a part, not what a script or a person did to it: an equal one is not replaced.
function face(part) {
  const said = [...part.querySelectorAll("[src], [value]")].map((one) => one.getAttribute("src") ?? one.getAttribute("value"));
  return [part.textContent.replace(/\s+/g, " "), part.className, ...said].join("|");
}

async function page(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function exchange(now, fresh) {
  if (!fresh || !now || face(fresh) === face(now)) return;
  const spoken = fresh.dataset.said !== now.dataset.said;
  swap(now, fresh);
  if (spoken) announce(fresh);
  if (spoken && now.matches("[data-making]")) refreshAll().catch(() => {}); // it ended: everything may be another
}

const names = (strip) => [...(strip?.querySelectorAll(".card") ?? [])].map((card) => card.id).join();

// The whole page once, where many parts changed or shots came, went or moved.
async function refreshAll() {
  const fresh = await page(location.href);
  const strip = document.querySelector("#strip-box");
  if (strip && names(strip) !== names(fresh)) {
    const at = strip.contains(document.activeElement) && document.activeElement.closest(".card")?.id;
    strip.replaceChildren(...fresh.querySelector("#strip-box").childNodes);
    document.dispatchEvent(new CustomEvent("studio:replaced"));
    if (at) document.getElementById(at)?.querySelector(".card-open").focus({ preventScroll: true });
  }
  for (const part of parts()) exchange(part, fresh.getElementById(part.id));
}

async function refresh(part) {
  const fresh = await page(part.dataset.src ?? location.href);
  exchange(document.getElementById(part.id), fresh.getElementById(part.id));
}

function replace(now, fresh) {
  const open = [...now.querySelectorAll("details")].map((one) => one.open);
  now.replaceWith(document.adoptNode(fresh));
  fresh.querySelectorAll("details").forEach((one, at) => (one.open = open[at] ?? one.open));
  document.dispatchEvent(new CustomEvent("studio:replaced"));
}

// What stands for the control that has the focus, in the new part; undefined where there is none any more.
function same(fresh, at) {
  const name = (one) => one.getAttribute("href")?.split("?")[0] ?? one.textContent.trim();
  return [...fresh.querySelectorAll(at.tagName)].find((one) => name(one) === name(at));
}

function swap(now, fresh) {
  const at = now.contains(document.activeElement) ? document.activeElement : null;
  const next = at && same(fresh, at);
  if (busy(now) || (at && !next)) {
    mark(now, fresh);
    return;
  }
  replace(now, fresh);
  next?.focus({ preventScroll: true });
}

// The part stays as it is; a button brings the new one.
function mark(now, fresh) {
  now.querySelector(":scope > .changed")?.remove();
  const line = document.createElement("p");
  const button = document.createElement("button");
  line.className = "changed notice";
  line.append(`${link.dataset.changed} `, button);
  button.textContent = link.dataset.reload;
  button.type = "button";
  button.addEventListener("click", () => (now.dataset.src ? replace(now, fresh) : location.reload()));
  now.prepend(line);
}

function soon(found) {
  for (const part of found) due.add(part.id);
  timer ||= setTimeout(() => {
    const wanted = [...due].map((id) => document.getElementById(id)).filter(Boolean);
    due.clear();
    timer = 0;
    const work = wanted.length > 3 ? [refreshAll()] : wanted.map(refresh);
    Promise.all(work).catch(() => {}); // the stream tells that the server is away
  }, QUIET);
}

function parts(place) {
  return document.querySelectorAll(place === undefined ? "[data-live]" : `[data-live][data-place="${place}"]`);
}

function happened(event) {
  if (event.lastEventId) last = event.lastEventId;
  const { kind, place } = JSON.parse(event.data);
  if (ALL.includes(kind)) {
    refreshAll().catch(() => {});
  } else {
    soon([...(place ? parts(place) : []), ...parts(0)]);
  }
}

function connected() {
  if (!link.hidden) {
    link.textContent = link.dataset.back;
    setTimeout(() => (link.hidden = stream?.readyState === 1), 3000);
    refreshAll().catch(() => {});
  }
  tries = 0;
}

function lost() {
  link.textContent = link.dataset.lost;
  link.hidden = false;
  if (stream?.readyState !== EventSource.CLOSED) return; // the browser itself tries again
  clearTimeout(retry);
  retry = setTimeout(connect, WAITS[Math.min(tries++, WAITS.length - 1)]);
}

function connect() {
  stream?.close();
  stream = new EventSource(`${source.dataset.events}?after=${encodeURIComponent(last)}`);
  stream.addEventListener("open", connected);
  stream.addEventListener("message", happened);
  stream.addEventListener("error", lost);
}

function visible() {
  clearTimeout(retry);
  if (!document.hidden) connect();
  else stream?.close();
}

// The last event of a making comes while its process still ends.
setInterval(() => {
  if (!document.hidden && document.querySelector("[data-making]")) soon(parts(0));
}, WAITS.at(-1));

if (source && typeof EventSource === "function") {
  document.addEventListener("visibilitychange", visible);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => event.persisted && visible());
  visible();
} else if (source) {
  setInterval(() => document.hidden || refreshAll().catch(() => {}), WAITS.at(-1));
}
