// Two versions beside each other, under a wipe, or one instead of the other; clips run together, and the one that is
// heard drives the clock.

import { drive, step, toggle } from "/static/player.js";

const root = document.querySelector("#compare");
const find = (selector) => root.querySelector(selector);
const NEAR = 0.015; // s apart that nobody sees
const FAR = 0.1; // s apart that are jumped; less is caught up with

function show(how) {
  root.dataset.how = how;
  for (const one of document.querySelectorAll("a[data-how]")) {
    if (one.dataset.how === how) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
    if (one.dataset.how === how) history.replaceState(null, "", one.href);
  }
}

function flip(side) {
  root.dataset.shown = side;
  for (const one of root.querySelectorAll("[data-flip]")) one.setAttribute("aria-pressed", String(one.dataset.flip === side));
}

function wiping() {
  const wipe = find("#wipe");
  const set = () => {
    root.style.setProperty("--wipe", `${wipe.value}%`);
    wipe.setAttribute("aria-valuetext", wipe.dataset.said.replace("{share}", wipe.value));
  };
  const sides = find(".sides");
  const drag = (event) => {
    if (root.dataset.how !== "wipe" || event.buttons !== 1) return;
    const box = sides.getBoundingClientRect();
    wipe.value = String(Math.round((100 * (event.clientX - box.left)) / box.width));
    set();
  };
  wipe.addEventListener("input", set);
  sides.addEventListener("pointerdown", drag);
  sides.addEventListener("pointermove", drag);
  set();
}

function together(first, second) {
  let [leads, follows] = [first, second];
  const button = find("[data-both=play]");
  const seek = find("#seek");
  const words = [button.textContent, button.dataset.pause];
  const hear = (side) => {
    [leads, follows] = side === "a" ? [first, second] : [second, first];
    leads.muted = false;
    follows.muted = true;
    if (follows.readyState) follows.currentTime = leads.currentTime;
    for (const one of root.querySelectorAll("[data-heard]")) one.setAttribute("aria-pressed", String(one.dataset.heard === side));
  };
  const keep = () => {
    if (leads.paused) return;
    const apart = leads.currentTime - follows.currentTime;
    if (Math.abs(apart) > FAR) follows.currentTime = leads.currentTime;
    follows.playbackRate = leads.playbackRate * (Math.abs(apart) < NEAR ? 1 : apart > 0 ? 1.08 : 0.92);
    if (follows.paused && !follows.ended) follows.play().catch(() => {});
    requestAnimationFrame(keep);
  };
  const length = () => Math.min(first.duration, second.duration) || 0;
  const told = () => {
    button.textContent = words[leads.paused ? 0 : 1];
    if (length()) seek.value = String((1000 * leads.currentTime) / length());
  };
  for (const one of [first, second]) {
    one.preload = "metadata";
    one.controls = false;
    one.addEventListener("play", () => one === leads && requestAnimationFrame(keep));
    one.addEventListener("pause", () => one === leads && follows.pause());
    for (const event of ["play", "pause", "timeupdate", "seeked"]) one.addEventListener(event, told);
  }
  seek.addEventListener("input", () => {
    for (const one of [first, second]) one.currentTime = (seek.value / 1000) * length();
  });
  button.addEventListener("click", toggle);
  find("[data-both=back]").addEventListener("click", () => step(-1));
  find("[data-both=on]").addEventListener("click", () => step(1));
  for (const one of root.querySelectorAll("[data-heard]")) one.addEventListener("click", () => hear(one.dataset.heard));
  hear("a");
  drive(() => [leads, follows]);
}

if (root) {
  root.classList.add("live");
  find(".compare-tools").hidden = false;
  for (const one of document.querySelectorAll("a[data-how]:not([data-how=alone])")) {
    one.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(one.dataset.how);
    });
  }
  for (const one of root.querySelectorAll("[data-flip]")) {
    one.addEventListener("click", () => {
      show("flip");
      flip(one.dataset.flip);
    });
  }
  flip("b");
  wiping();
  const videos = root.querySelectorAll("video");
  if (videos.length === 2) together(...videos);
}
