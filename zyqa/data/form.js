// Runs once in a component that shows a form: what is filled in goes to Python as one list per line or question.
const collect = () => [...element.querySelectorAll("tbody tr, fieldset")].map((part) =>
  [...part.querySelectorAll("input, select")]
    .filter((field) => field.checked || !["checkbox", "radio"].includes(field.type))
    .map((field) => field.value));

element.addEventListener("submit", (event) => {
  event.preventDefault();
  trigger("submit", { value: collect() });
});
element.addEventListener("change", () => {
  if (element.querySelector("form[data-live]")) trigger("input", { value: collect() });
});
