// On a phone the steps of a report open one after the other; wide screens show them all.
const isPhone = matchMedia("(max-width: 47.99rem)");

export function openStepOf(field) {
  const step = field.closest("[data-step]");
  if (step) step.open = true;
}

function goOn(steps, place) {
  steps[place].open = false;
  steps[place + 1].open = true;
  const summary = steps[place + 1].querySelector("summary");
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "start" });
}

export function foldSteps(form) {
  const steps = [...form.querySelectorAll("[data-step]")];
  const fold = () => {
    const wrong = steps.findIndex((step) => step.querySelector(".field-wrong"));
    steps.forEach((step, place) => {
      step.open = !isPhone.matches || place === Math.max(wrong, 0) || step.querySelector(".field-wrong") !== null;
      const button = step.querySelector("[data-step-next]");
      if (button) button.hidden = !isPhone.matches;
    });
  };
  steps.forEach((step, place) => step.querySelector("[data-step-next]")?.addEventListener("click", () => goOn(steps, place)));
  isPhone.addEventListener("change", fold);
  fold();
  form.dataset.steps = "ready";
}
