// Parts of a page that are not known yet (data-later: where to ask) are asked for again until they are.
const WAIT = 1500;

async function renew(part) {
  const answer = await fetch(part.dataset.later, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return setTimeout(renew, 4 * WAIT, part);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!found) return;
  part.replaceWith(document.adoptNode(found));
  watch(found);
}

function watch(part) {
  if (part.dataset.later) setTimeout(renew, WAIT, part);
}

document.querySelectorAll("[data-later]").forEach(watch);
