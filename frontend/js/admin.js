// The admin's search-as-you-type boxes have no name of their own: each takes its label's.
function nameBoxes() {
  for (const box of document.querySelectorAll(".select2-container")) {
    const select = box.previousElementSibling;
    const label = select?.id && document.querySelector(`label[for="${select.id}"]`);
    if (!label) continue;
    label.id ||= `${select.id}_label`;
    const shown = box.querySelector(".select2-selection__rendered");
    shown?.setAttribute("aria-labelledby", label.id);
    for (const part of box.querySelectorAll("[role=combobox], [role=searchbox], input")) {
      part.setAttribute("aria-labelledby", shown?.id ? `${label.id} ${shown.id}` : label.id);
    }
  }
}
window.addEventListener("load", nameBoxes);
document.addEventListener("formset:added", () => setTimeout(nameBoxes));

// A page that waits for a worker looks again by itself, while somebody is looking at it.
const waiting = document.querySelector("[data-reload-after]");
if (waiting) {
  setTimeout(() => document.visibilityState === "visible" && location.reload(), 1000 * waiting.dataset.reloadAfter);
}
