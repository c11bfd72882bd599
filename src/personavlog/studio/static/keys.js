// Keys press controls: data-keys="y 7" on a button or link names its keys. What no control stands for is asked for by
// the other modules with keyOf().

const FIELD = "textarea, select, [contenteditable=true], input:not([type=range], [type=checkbox], [type=radio], [type=submit], [type=button], [type=file])";
const OWN_KEYS = {
  "input[type=range], input[type=radio], [role=region][tabindex]": /^(Arrow|Home$|End$|Page)/,
  "video, audio": /^(Arrow|Home$|End$|Space$)/,
  "button, summary, input": /^(Space|Enter)$/,
  "a[href]": /^Enter$/,
};
const lettersOff = document.documentElement.dataset.shortcuts === "off";

// The name of the key that was pressed, "" where it belongs to a field, an open dialog or the browser.
export function keyOf(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return "";
  const at = event.target instanceof Element ? event.target : document.body;
  if (at.closest(FIELD)) return "";
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return event.shiftKey ? "" : `${event.ctrlKey ? "Control" : "Meta"}+${key}`;
  if (lettersOff && key.length === 1) return "";
  const taken = Object.entries(OWN_KEYS).some(([selector, keys]) => at.closest(selector) && keys.test(key));
  return taken ? "" : key;
}

function controlOf(key) {
  const all = [...document.querySelectorAll("[data-keys]")];
  return all.find((one) => one.dataset.keys.split(" ").includes(key) && !one.hidden && !one.disabled);
}

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  const control = key && controlOf(key);
  if (!control) return;
  event.preventDefault();
  if (!event.repeat || key.startsWith("Arrow")) control.click();
});

const legend = document.querySelector("#legend");
for (const opener of document.querySelectorAll("[data-legend]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => legend?.showModal());
}
legend?.addEventListener("click", (event) => {
  if (event.target === legend) legend.close(); // beside it
});

// A double click sends a form once; a page that comes back from the browser's memory can send again.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.defaultPrevented) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));
