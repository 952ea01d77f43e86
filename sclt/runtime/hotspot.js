/** Areas of a picture: the one whose option is chosen below is marked. That a click on an area chooses needs no script. */
import { mounts } from './questions.js';
import { all } from './view.js';

mounts.hotspot = form => {
  const show = () => {
    for (const spot of all(form, '.spot')) {
      const { htmlFor } = /** @type {HTMLLabelElement} */ (/** @type {HTMLElement} */ (spot));
      spot.classList.toggle('chosen', Boolean(all(form, ':checked').find(({ id }) => id === htmlFor)));
    }
  };
  form.addEventListener('change', show);
  show();
};
