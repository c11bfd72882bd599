// The form of a new film: a photo is looked at as soon as it is chosen or dropped, and what follows from a field (the
// plan, the voices of a language, the styles of a profile) is shown at once. Each part comes from the same page.
const form = document.getElementById("new");
const FOLLOWS = {
  file: ["person"],
  sample_file: ["voices"],
  language: ["voices", "plan"],
  profile: ["styles", "voices", "plan"],
  length: ["plan"],
  shots: ["plan"],
  aspect: ["plan"],
};
const PAUSE = 350;
let asked = 0;
let waiting = new Set();
let timer = 0;
const player = new Audio();

function later(parts) {
  parts.forEach((part) => waiting.add(part));
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

async function look() {
  const number = ++asked;
  const parts = [...waiting];
  const sent = new FormData(form);
  sent.set("do", "look");
  if (!waiting.has("person")) sent.delete("file");
  if (!waiting.has("voices")) sent.delete("sample_file");
  form.setAttribute("aria-busy", "true");
  const answer = await fetch("/new", { method: "POST", body: sent }).catch(() => null);
  form.removeAttribute("aria-busy");
  if (!answer || number !== asked) return;
  waiting = new Set();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("new")) return say(page.querySelector("[role=alert]")?.textContent ?? "");
  parts.forEach((part) => swap(document.getElementById(part), page.getElementById(part)));
  prepare();
}

function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  if (old.id === "plan") fresh.querySelector("#cap").value = old.querySelector("#cap").value;
  old.replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.focus();
  say(fresh.querySelector(".error")?.textContent ?? fresh.querySelector(".good-line, .totals")?.textContent ?? "");
}

function say(text) {
  document.getElementById("live").textContent = text.replace(/\s+/g, " ").trim();
}

function choose(files) {
  const field = document.getElementById("file");
  field.files = files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function prepare() {
  const place = document.getElementById("drop");
  if (!place || place.dataset.ready) return;
  place.dataset.ready = "yes";
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length) choose(event.dataTransfer.files);
  });
}

function play(link) {
  const same = player.src === link.href && !player.paused;
  document.querySelectorAll(".play.playing").forEach((one) => one.classList.remove("playing"));
  if (same) return player.pause();
  player.src = link.href;
  link.classList.add("playing");
  player.onended = () => link.classList.remove("playing");
  player.play();
}

form.addEventListener("change", (event) => {
  const name = event.target.name;
  if (name === "file") {
    if (!event.target.files.length) return;
    document.getElementById("who-own").checked = true;
    const consent = document.getElementById("consent");
    consent.checked = false;
    consent.value = "";
  }
  if (FOLLOWS[name]) later(FOLLOWS[name]);
});
form.addEventListener("click", (event) => {
  const link = event.target.closest("a.play");
  if (!link) return;
  event.preventDefault();
  play(link);
});
document.documentElement.classList.add("scripted");
prepare();
