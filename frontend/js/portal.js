import { initAll } from "./govuk-frontend.min.js";

initAll();

// The text read for a file box must hold the words shown on it; the library hides a comma between them.
for (const comma of document.querySelectorAll(".govuk-file-upload-button > [id$='-comma']")) {
  comma.textContent = " ";
  comma.classList.remove("govuk-visually-hidden");
}

// A radio button may bring up a further question. The library would mark the radio as expanded,
// which no radio may be, so this is done here.
function showWhatIsChosen(group) {
  for (const radio of group.querySelectorAll("input[data-reveals]")) {
    const question = document.getElementById(radio.dataset.reveals);
    question.classList.toggle("govuk-radios__conditional--hidden", !radio.checked);
  }
}
for (const group of document.querySelectorAll("[data-reveals-group]")) {
  showWhatIsChosen(group);
  group.addEventListener("change", () => showWhatIsChosen(group));
  window.addEventListener("pageshow", () => showWhatIsChosen(group));
}

// A wide screen shows the filters; a narrow one keeps them folded, unless one is set.
const wide = window.matchMedia("(min-width: 48.0625em)");
function unfoldFilters() {
  for (const filters of document.querySelectorAll("details.hp-filters")) {
    filters.open = wide.matches || filters.hasAttribute("data-in-use");
  }
}
unfoldFilters();
wide.addEventListener("change", unfoldFilters);

// What is left empty in a search is not sent, so that its address is short. Without JavaScript the
// portal leads there.
for (const search of document.querySelectorAll("form[role='search']")) {
  search.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) {
      if (value === "") {
        formData.delete(name);
      }
    }
  });
}

// "Back" in the browser may bring the page as it was left: the search stands as it was found again.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) {
    document.getElementById("search")?.reset();
  }
});

// The way back to a list leads to the search or the page of it that the person came from.
for (const link of document.querySelectorAll("a[data-as-left]")) {
  if (document.referrer.startsWith(`${link.href}?`)) {
    link.href = document.referrer;
    link.textContent = link.dataset.asLeft;
  }
}
