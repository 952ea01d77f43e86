/**
 * What the studio's pages do beyond links and forms: take what is dropped, follow a build, edit in place. Words stand in the pages, so that this file has none.
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
    for (const name of [chosen().get('network'), chosen().get('click')]) if (name) wish.set(String(name), '1');
    frame.src = `${address}?${wish}`;
  };
  form.onchange = ({ target }) => (/** @type {HTMLInputElement} */ (target).name === 'size' ? size() : open());
  size();
  open();
  addEventListener('message', ({ data, source }) => {
    if (source === frame.contentWindow && data?.kind === 'pointed') showsPlace(data);
  });
}

/** Show where in the sources a text stands that was pointed at. @param {{quote: string, question: string, page: string, language: string}} pointed */
async function showsPlace({ quote, question, page, language }) {
  const told = /** @type {HTMLElement} */ (document.getElementById('pointed')), words = told.dataset;
  try {
    const answer = await fetch(words.place ?? '', { method: 'POST', body: new URLSearchParams({ quote, question, page, language }) });
    const { fault, lang, file, line, opened, ...at } = await answer.json();
    told.replaceChildren(...file ? placeAt({ file, line, question: at.question, opened }, words) : [], fault ? make('span', { class: 'fault', lang }, fault) : '');
  } catch (error) {
    told.textContent = `${said.dataset.failed} ${/** @type {Error} */ (error).message}`;
  }
}

/** @param {{file: string, line: number, question: string, opened: boolean}} place @param {DOMStringMap} words */
function placeAt({ file, line, question, opened }, words) {
  const query = new URLSearchParams({ file, line: String(line) }), form = new URLSearchParams({ file, id: question });
  const links = [make('a', { href: `${words.edit}?${query}` }, words.editWord)];
  if (question) links.push(make('a', { href: `${words.edit}/question?${form}` }, words.formWord));
  return [`${opened ? words.opened : words.at} `, make('code', {}, `${file}:${line}`), ...links.flatMap(link => [' · ', link]), ' '];
}

for (const form of document.querySelectorAll('form[data-device]')) showsDevice(/** @type {HTMLFormElement} */ (form));

/** Send the fields of one text. Answers with what is wrong, "" where it was written. @param {Record<string, string>} fields */
async function write(fields) {
  const around = /** @type {HTMLElement} */ (document.getElementById('source')), { save, stays, ...rest } = around.dataset;
  const own = Object.entries(rest).filter(([name]) => /^(file|folder|to)$/.test(name)).map(([name, value]) => [name, value ?? '']);
  try {
    const answer = await fetch(save ?? '', { method: 'POST', body: new URLSearchParams([...own, ...Object.entries(fields)]) });
    const { fault, lang, text } = await answer.json();
    if (fault) return { fault, lang };
    say(stays ?? '');
    return { fault: '', text };
  } catch (error) {
    return { fault: `${said.dataset.failed} ${/** @type {Error} */ (error).message}` };
  }
}

/** @param {string} tag @param {Record<string, string>} [attributes] @param {string} [text] */
function make(tag, attributes = {}, text = '') {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

/** Edit a text where it stands. Escape leaves it as it was, Ctrl+Enter saves. @param {HTMLButtonElement} text */
function edit(text) {
  const { saveWord, cancelWord, label } = /** @type {HTMLElement} */ (text.closest('#source')).dataset;
  const form = make('form', { class: 'edit' }), fault = make('p', { class: 'fault', role: 'alert' });
  const field = /** @type {HTMLTextAreaElement} */ (make('textarea', { id: 'editing', rows: '2' }));
  const actions = make('p', { class: 'actions' }), cancel = make('button', { type: 'button' }, cancelWord);
  field.value = text.dataset.text ?? '';
  actions.append(make('button', { class: 'main' }, saveWord), cancel);
  form.append(make('label', { for: 'editing' }, `${label} ${text.dataset.context}`), field, fault, actions);
  const end = () => {
    form.replaceWith(text);
    text.focus();
  };
  cancel.onclick = end;
  form.onkeydown = event => {
    if (event.key === 'Escape') end();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) /** @type {HTMLFormElement} */ (form).requestSubmit();
  };
  form.onsubmit = async event => {
    event.preventDefault();
    const written = await write({ id: text.dataset.id ?? '', old: text.dataset.text ?? '', new: field.value });
    Object.assign(fault, { textContent: written.fault, lang: written.lang ?? '' });
    if (written.fault) return;
    text.dataset.text = text.textContent = written.text;
    text.classList.toggle('todo', /^TODO/.test(written.text));
    /** @type {HTMLButtonElement} */ (document.getElementById('undo')).disabled = false;
    end();
  };
  text.replaceWith(form);
  field.focus();
}

for (const text of document.querySelectorAll('button.text')) /** @type {HTMLButtonElement} */ (text).onclick = () => {
  if (!document.getElementById('editing')) edit(/** @type {HTMLButtonElement} */ (text));
};

/** @param {HTMLFormElement} form */
function translates(form) {
  const fault = form.appendChild(make('p', { class: 'fault', role: 'alert' }));
  form.onsubmit = async event => {
    event.preventDefault();
    const { id = '', source = '' } = form.dataset, next = String(new FormData(form).get('new'));
    const written = await write({ id, source, new: next });
    Object.assign(fault, { textContent: written.fault, lang: written.lang ?? '' });
    form.closest('li')?.classList.toggle('saved', !written.fault);
  };
}

for (const form of document.querySelectorAll('form[data-pair]')) translates(/** @type {HTMLFormElement} */ (form));
