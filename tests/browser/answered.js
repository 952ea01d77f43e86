/**
 * Answer questions of the page as `Learner.do` does, in one step: chooses, writes, moves and sends as the page itself would hear it.
 *
 * @param {Record<string, string | string[] | Record<string, string>>} answers by the question's name
 * @returns {Record<string, string | undefined>} what each says came of it
 */
(answers) => {
  /** @param {HTMLFormElement} form @param {string | string[] | Record<string, string>} answer */
  const give = (form, answer) => {
    const press = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (form.querySelector(selector)).click();
    const write = (/** @type {string} */ selector, /** @type {string} */ value) => {
      const field = /** @type {HTMLInputElement} */ (form.querySelector(selector));
      if (field.tagName === "SELECT" && ![...field.children].some((each) => /** @type {HTMLOptionElement} */ (each).value === value)) {
        throw new Error(`${selector} has no ${value}`);
      }
      field.value = value;
      for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
    };
    const again = /** @type {HTMLElement | null} */ (form.querySelector("[data-action=retry]"));
    if (again?.checkVisibility()) again.click();
    if (form.querySelector(".order")) {
      /** @type {string[]} */ (answer).forEach((option, place) => {
        const now = () => /** @type {HTMLElement} */ (form.querySelectorAll(".order > li")[place]).dataset.option;
        while (now() !== option) press(`.order > [data-option=${option}] [data-move=up]`);
      });
    } else if (form.querySelector(".options input")) {
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(".options input"))) {
        const wanted = [answer].flat().includes(box.value);
        if (box.checked !== wanted && (wanted || box.type === "checkbox")) box.click();
      }
    } else if (typeof answer === "string") {
      write(".answer", answer);
    } else {
      for (const [part, value] of Object.entries(answer)) {
        write(form.querySelector(`[data-gap=${part}]`) ? `[data-gap=${part}]` : `[data-left=${part}] select`, value);
      }
    }
    press("button[type=submit]");
    if (!form.dataset.result) press("button[type=submit]");
    return form.dataset.result;
  };
  const form = (/** @type {string} */ name) => /** @type {HTMLFormElement} */ (document.querySelector(`[data-question=${name}]`));
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, give(form(name), answer)]));
}
