import { initAll } from "./govuk-frontend.min.js";

initAll();

// A wide screen shows the filters; a narrow one keeps them folded, unless one is set.
const wide = window.matchMedia("(min-width: 48.0625em)");
function unfoldFilters() {
  for (const filters of document.querySelectorAll("details.hp-filters")) {
    filters.open = wide.matches || filters.hasAttribute("data-in-use");
  }
}
unfoldFilters();
wide.addEventListener("change", unfoldFilters);
