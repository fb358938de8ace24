// Keeps what stands in the boxes of a page: some seconds after the last key, and when the page is left.
// The page works without it; then only what is saved is kept.
const place = document.querySelector("[data-typed-to]");
const form = document.querySelector("form.hp-form");
const line = place?.querySelector("[role=status]");
const PAUSE = 3000;
const NOT_KEPT = {
  403: "Not kept: you have signed in again elsewhere. Copy your words, then save: we ask you to send them once more.",
  413: "Too long to be kept while you type. Save it from time to time.",
};
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "one_time_key"]);

function wordsNow() {
  const words = new Map();
  for (const [name, said] of new FormData(form)) {
    if (typeof said !== "string" || NEVER_KEPT.has(name)) continue;
    words.set(name, words.has(name) ? [words.get(name), said].flat() : said);
  }
  return JSON.stringify(Object.fromEntries(words));
}

function letter(words) {
  const { typedPage, typedTab, typedInsteadOf, typedSeenAt } = place.dataset;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("page", typedPage);
  body.set("tab", typedTab);
  body.set("words", words);
  body.set("instead_of", typedInsteadOf || "");
  body.set("seen_at", typedSeenAt || "");
  return body;
}

function watch() {
  const asOpened = wordsNow();
  let kept = "typedUnsaved" in place.dataset ? null : asOpened;
  let sent = false;
  let timer;
  let underWay = new AbortController();

  async function keep() {
    clearTimeout(timer);
    const words = wordsNow();
    if (sent || words === kept) return;
    // Back to what is saved: there is nothing to keep.
    const isSaved = words === asOpened && !place.dataset.typedInsteadOf && !("typedUnsaved" in place.dataset);
    const before = kept;
    kept = words;
    try {
      const answer = await fetch(place.dataset.typedTo, {
        method: "POST",
        body: letter(isSaved ? "{}" : words),
        keepalive: true,
        redirect: "manual",
        signal: underWay.signal,
      });
      if (answer.status !== 204) throw answer.status;
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      line.textContent = isSaved ? "" : `Kept at ${time}, not saved yet`;
    } catch (problem) {
      kept = before;
      if (!sent) line.textContent = NOT_KEPT[problem] || "Not kept just now. Save it to be safe.";
    }
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  form.append(line);
  form.addEventListener("input", wait);
  form.addEventListener("change", wait);
  // What is saved need not be kept, and must not come back after it.
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
    underWay.abort();
  });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    sent = false;
    underWay = new AbortController();
  });
  if (kept === null) keep();
}

if (place && form?.elements.csrfmiddlewaretoken) watch();
