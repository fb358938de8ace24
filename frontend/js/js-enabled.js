// Runs before the page is drawn, so that the parts of GOV.UK Frontend that need JavaScript never flash.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
