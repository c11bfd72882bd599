// The board by keyboard: one card is active and reached by Tab, arrows go to the others; and the search.

import { keyOf } from "/static/keys.js";

const strip = document.querySelector("#strip-box");
const search = document.querySelector("#search");
const cards = () => [...strip.querySelectorAll(".card:not([hidden])")];
let active = "";

// Only the active card's controls are reached by Tab; which card that is stands in its data-active.
function mark() {
  const all = cards();
  const now = all.find((card) => card.id === active) ?? all[0];
  for (const card of strip.querySelectorAll(".card")) {
    card.toggleAttribute("data-active", card === now);
    for (const control of card.querySelectorAll("a, button")) control.tabIndex = card === now ? 0 : -1;
  }
  return now;
}

function go(card) {
  if (!card) return;
  active = card.id;
  mark();
  card.querySelector(".card-open").focus();
}

function columns(all) {
  const other = all.findIndex((card) => card.offsetTop !== all[0].offsetTop);
  return other < 0 ? all.length : other;
}

function target(key) {
  const all = cards();
  const at = all.findIndex((card) => card.id === active);
  const inside = strip.contains(document.activeElement);
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(all), ArrowDown: columns(all) };
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  if (!(key in steps) || (!inside && /Up|Down/.test(key))) return undefined;
  return inside ? all[at + steps[key]] : all[Math.max(at, 0)];
}

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const card of strip.querySelectorAll(".card")) {
    const text = card.textContent.toLowerCase();
    card.hidden = !words.every((word) => text.includes(word));
    found += card.hidden ? 0 : 1;
  }
  mark();
  document.querySelector("#live").textContent = found ? "" : search.dataset.none;
}

if (strip) {
  mark();
  strip.addEventListener("focusin", (event) => {
    active = event.target.closest(".card")?.id ?? active;
    mark();
  });
  document.addEventListener("studio:replaced", () => (search.value ? filter() : mark()));
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    const key = at === document.body || at?.id === "main" || strip.contains(at) ? keyOf(event) : "";
    const card = target(key);
    if (!card) return;
    event.preventDefault();
    go(card);
  });
  document.querySelector("[data-next-need]")?.addEventListener("click", (event) => {
    const all = cards();
    const at = all.findIndex((card) => card.id === active && strip.contains(document.activeElement));
    const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((card) => "needs" in card.dataset);
    if (!next) return;
    event.preventDefault();
    go(next);
  });
  search.addEventListener("input", filter);
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(cards()[0]);
  });
}

document.addEventListener("keydown", (event) => {
  if (keyOf(event) !== "/" || !search) return;
  event.preventDefault();
  search.select();
});
search?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") go(mark());
});

function follow() {
  if (location.hash === "#search") search?.focus();
  else if (location.hash.startsWith("#card-")) go(document.getElementById(location.hash.slice(1)));
}

addEventListener("hashchange", follow);
addEventListener("pageshow", () => setTimeout(follow)); // the browser's own jump to the card takes the focus away
