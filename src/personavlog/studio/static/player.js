// Players: one plays at a time; Space, J K L and , . drive the one that was used last; chapters follow the film.

import { keyOf } from "/static/keys.js";

const players = () => [...document.querySelectorAll("[data-player]")];
const FASTEST = 4;
let used = null;
let pair = null;
let backwards = 0;

// Let the keys drive several players that are kept together; the first leads.
export function drive(media) {
  pair = media;
}

const leader = () => pair?.()[0] ?? used ?? players()[0];
const driven = () => pair?.() ?? [leader()];

export function toggle() {
  const playing = backwards || !leader().paused;
  rest();
  if (!playing) for (const one of driven()) play(one);
}

export function step(frames) {
  rest();
  for (const one of driven()) one.currentTime = Math.max(0, one.currentTime + (frames + 0.02) / (Number(one.dataset.fps) || 24));
}

function play(one, rate = 1) {
  one.playbackRate = rate;
  one.play().catch(() => {}); // a newer command came first
}

function rest() {
  clearInterval(backwards);
  backwards = 0;
  driven().forEach((one) => one.pause());
}

function forwards() {
  const rate = leader().paused ? 1 : Math.min(FASTEST, leader().playbackRate * 2);
  clearInterval(backwards);
  backwards = 0;
  driven().forEach((one) => play(one, rate));
}

// Browsers play no film backwards: its time is set back ten times a second.
function rewind() {
  rest();
  backwards = setInterval(() => {
    for (const one of driven()) one.currentTime = Math.max(0, one.currentTime - 0.1);
    if (leader().currentTime === 0) rest();
  }, 100);
}

const ACTIONS = { Space: toggle, k: rest, l: forwards, j: rewind, ",": () => step(-1), ".": () => step(1) };

document.addEventListener("keydown", (event) => {
  const action = ACTIONS[keyOf(event)];
  if (!action || !leader()) return;
  event.preventDefault();
  action();
});

document.addEventListener(
  "play",
  (event) => {
    used = event.target;
    for (const other of players()) if (other !== used && !pair?.().includes(other)) other.pause();
  },
  true,
);

const film = document.querySelector("#film");
const marks = [...document.querySelectorAll(".chapters [data-start]")];
const now = document.querySelector("[data-now]");

function seek(event) {
  const wanted = event.target.closest("[data-seek]")?.dataset.seek;
  if (wanted === undefined || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  film.currentTime = Number(wanted);
  play(film);
}

function follow() {
  const at = film.currentTime;
  now?.removeAttribute("hidden");
  now?.setAttribute("transform", `translate(${at.toFixed(3)} 0)`);
  for (const one of marks) {
    const inside = at >= Number(one.dataset.start) && at < Number(one.dataset.end);
    if (inside) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
}

if (film) {
  document.addEventListener("click", seek);
  film.addEventListener("timeupdate", follow);
}
