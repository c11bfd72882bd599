// Of a form in parts only those are sent in which something was changed: what somebody else changed elsewhere stays.

const preset = (options) => Math.max(0, [...options].findIndex((one) => one.defaultSelected));
const kept = (field) => (field.options ? field.selectedIndex === preset(field.options) : field.value === field.defaultValue);

document.addEventListener("submit", (event) => {
  for (const part of event.target.querySelectorAll("fieldset[data-typed]")) part.disabled = [...part.elements].every(kept);
});

addEventListener("pageshow", () => {
  for (const part of document.querySelectorAll("fieldset[data-typed]")) part.disabled = false;
});
