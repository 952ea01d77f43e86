/**
 * What the studio's pages do beyond links and forms: take what is dropped. Words stand in the pages, so that this file has none.
 */

const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** Say something to everybody, at the lower edge. @param {string} text */
const say = text => { said.textContent = text; };

/** Send a file as it is, and go to what comes of it. @param {HTMLFormElement} form @param {File} file */
async function send(form, file) {
  const state = /** @type {HTMLElement} */ (form.querySelector('[role=status]'));
  const query = new URLSearchParams({ name: file.name });
  for (const field of form.querySelectorAll('select')) query.set(field.name, field.value);
  state.textContent = `${state.dataset.busy ?? ''} ${file.name}`;
  try {
    const answer = await fetch(`${form.dataset.drop}?${query}`, { method: 'PUT', body: file });
    const { to, fault } = await answer.json();
    if (to) location.assign(to);
    else state.textContent = fault;
  } catch (error) {
    state.textContent = `${said.dataset.failed} ${/** @type {Error} */ (error).message}`;
  }
}

/** @param {HTMLFormElement} form */
function takesDrops(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector('input[type=file]'));
  input.onchange = () => { if (input.files?.[0]) send(form, input.files[0]); };
  form.ondragover = event => {
    event.preventDefault();
    form.classList.add('over');
  };
  form.ondragleave = () => form.classList.remove('over');
  form.ondrop = event => {
    event.preventDefault();
    form.classList.remove('over');
    const file = event.dataTransfer?.files[0];
    if (file) send(form, file);
  };
  form.onsubmit = event => event.preventDefault();
}

for (const form of document.querySelectorAll('form[data-drop]')) takesDrops(/** @type {HTMLFormElement} */ (form));
// what misses a form is not opened in place of the page
addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => event.preventDefault());

/** Show how far a build is, and its end. @param {HTMLProgressElement} bar */
function showsProgress(bar) {
  const state = /** @type {HTMLElement} */ (bar.parentElement?.querySelector('[role=status]'));
  const news = new EventSource(bar.dataset.events ?? '');
  news.onmessage = ({ data }) => {
    bar.value = Number(data);
    state.textContent = (state.dataset.of ?? '').replace('{done}', data).replace('{total}', String(bar.max));
  };
  news.addEventListener('end', () => {
    news.close();
    location.reload();
  });
}

for (const bar of document.querySelectorAll('progress[data-events]')) showsProgress(/** @type {HTMLProgressElement} */ (bar));

/** Show a course in a frame of the chosen size, language and look. @param {HTMLFormElement} form */
function showsDevice(form) {
  const frame = /** @type {HTMLIFrameElement} */ (document.getElementById(form.dataset.device ?? ''));
  const chosen = () => new FormData(form);
  const size = () => {
    const [width, height] = String(chosen().get('size')).split('x');
    Object.assign(frame, { width, height });
  };
  const open = () => {
    const { address, unit } = form.dataset, wish = new URLSearchParams({ course: unit ?? '0' });
    for (const name of ['language', 'look']) wish.set(name, String(chosen().get(name)));
    frame.src = `${address}?${wish}`;
  };
  form.onchange = ({ target }) => (/** @type {HTMLInputElement} */ (target).name === 'size' ? size() : open());
  size();
  open();
}

for (const form of document.querySelectorAll('form[data-device]')) showsDevice(/** @type {HTMLFormElement} */ (form));

export { say };
