/**
 * The page that reviewers get: comments at their places, kept in this browser and saved as a file. Nothing is sent.
 */
(() => {
  /**
   * One comment, as sclt/review/comments.py has it.
   *
   * @typedef {{id: string, module: string, page: string, language: string, text: string, kind: string, weight: string, quote?: string,
   *   question?: string, who?: string, at: string, answers?: string, done?: boolean}} Said
   */
  const { words, name } = JSON.parse(/** @type {string} */ (document.getElementById('data')?.textContent)),
    keep = `sclt-review ${name}`,
    /** @type {(id: string) => any} */
    get = id => document.getElementById(id),
    tool = get('tool'), form = get('form'), who = get('who'), text = get('text'),
    pages = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('section.page')]);
  let lang = document.documentElement.lang;
  /** @type {Said[]} */
  let mine = [];
  /** @type {Said[]} */
  let others = [];
  let unsaved = 0;
  /** @type {HTMLElement | null} */
  let place = null;
  /** @type {Partial<Said>} */
  let draft = {};

  /** @param {string} key @param {Record<string, string | number>} [values] @returns {string} */
  const word = (key, values = {}) => Object.entries(values).reduce((said, [each, value]) => said.replace(`{${each}}`, String(value)), words[lang][key]);
  /** @param {string} said */
  const flat = said => said.replace(/\s+/g, ' ').trim();

  /** @param {string} said @param {number} length */
  const short = (said, length) => (said.length > length ? `${said.slice(0, length)}…` : said);

  /** @param {string} tag @param {string} said @param {string} [kind] */
  function make(tag, said, kind = '') {
    const element = document.createElement(tag);
    element.textContent = said;
    element.className = kind;
    return element;
  }

  /** What a place is known by: the name of its picture, what its author wrote of it, or its text. @param {HTMLElement} element */
  const quoteOf = element => (element.dataset.name ?? element.dataset.quote ?? flat(element.textContent ?? '')).slice(0, 600);
  /** @param {HTMLElement} element */
  const pageOf = element => /** @type {HTMLElement} */ (element.closest('section.page'));

  /** @param {HTMLElement | null} element @returns {Partial<Said>} */
  function about(element) {
    const page = element ? pageOf(element) : pages.find(each => !each.hidden) ?? pages[0],
      question = /** @type {HTMLElement | null | undefined} */ (element?.closest('[data-question]'))?.dataset.question;
    return { module: page.dataset.module, page: page.dataset.page, language: page.dataset.in, ...element && { quote: quoteOf(element) }, ...question && { question } };
  }

  /** @param {Said} remark @returns {HTMLElement | undefined} where it shows: its place, else the title of its page */
  function placeOf(remark) {
    const page = pages.find(({ dataset }) => dataset.module === remark.module && dataset.page === remark.page && dataset.in === remark.language);
    if (!page) return undefined;
    const places = /** @type {HTMLElement[]} */ ([...page.querySelectorAll('[data-place]')]),
      same = places.filter(each => quoteOf(each) === remark.quote),
      inside = same.find(each => /** @type {HTMLElement | null} */ (each.closest('[data-question]'))?.dataset.question === remark.question);
    return (remark.quote && (inside ?? same[0])) || /** @type {HTMLElement} */ (page.querySelector('h2'));
  }

  function store() {
    try {
      localStorage.setItem(keep, JSON.stringify({ mine, who: who.value, unsaved }));
    } catch { /* a browser that keeps nothing of files: the file to save is what counts */ }
  }

  /** @param {string} said @param {() => void} act @param {string} [label] */
  function button(said, act, label = said) {
    const made = make('button', said);
    Object.assign(made, { type: 'button', onclick: act });
    made.setAttribute('aria-label', label);
    return made;
  }

  /** @param {Said} remark */
  function show(remark) {
    const at = placeOf(remark),
      box = make('div', '', remark.answers ? 'said answer' : 'said'),
      own = mine.includes(remark);
    box.lang = lang;
    box.append(make('p', word('by', { who: remark.who || '–', kind: word(`kind_${remark.kind}`), weight: word(`weight_${remark.weight}`) }), 'soft'),
      make('p', remark.text));
    const begins = short(remark.text, 40);
    if (own) {
      box.append(button(word('change'), () => ask(at ?? null, remark), `${word('change')}: ${begins}`), ' ',
        button(word('remove'), () => { mine = mine.filter(each => each !== remark); changed(); }, `${word('remove')}: ${begins}`));
    } else {
      box.append(button(word('answer'), () => ask(at ?? null, { ...about(at ?? null), quote: remark.quote, answers: remark.id, kind: 'idea', weight: remark.weight }),
        `${word('answer')}: ${begins}`));
    }
    at?.classList.add('has');
    let after = at?.closest('li, tr, figure')?.closest('ul, ol, table, figure') ?? at;
    while (after?.nextElementSibling?.classList.contains('said')) after = after.nextElementSibling;
    after?.after(box);
  }

  function draw() {
    for (const each of document.querySelectorAll('.said')) each.remove();
    for (const each of document.querySelectorAll('.has')) each.classList.remove('has');
    const all = [...others, ...mine].sort((a, b) => (a.at < b.at ? -1 : 1));
    for (const each of all.filter(({ answers }) => !answers)) show(each);
    for (const each of all.filter(({ answers }) => answers)) show(each);
    for (const link of document.querySelectorAll('nav a')) {
      const page = get(String(link.getAttribute('href')).slice(1)),
        count = all.filter(each => each.module === page.dataset.module && each.page === page.dataset.page && each.language === page.dataset.in).length;
      /** @type {Element} */ (link.nextElementSibling).textContent = count ? `(${count})` : '';
    }
    get('state').textContent = unsaved ? word('unsaved', { n: unsaved }) : '';
  }

  function changed() {
    unsaved += 1;
    store();
    draw();
  }

  /** @param {HTMLElement | null} element @param {Partial<Said>} [known] */
  function ask(element, known = about(element)) {
    draft = known;
    get('about').textContent = short(known.quote ?? word('page_comment'), 160);
    text.value = known.id ? known.text : '';
    get('kind').value = known.kind ?? 'wrong';
    get('weight').value = known.weight ?? 'should';
    form.showModal();
    text.focus();
  }

  form.addEventListener('close', () => {
    if (form.returnValue === 'keep' && text.value.trim()) {
      const said = { text: text.value.trim(), kind: get('kind').value, weight: get('weight').value, who: who.value.trim(), at: new Date().toISOString() },
        remark = /** @type {Said} */ ({ ...draft, id: draft.id ?? crypto.randomUUID?.() ?? fallbackId(), ...said });
      mine = [...mine.filter(({ id }) => id !== remark.id), remark];
      changed();
    }
    form.returnValue = '';
    place?.focus();
  });

  /** A page opened from a disk may lack randomUUID. */
  const fallbackId = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, digit =>
    (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));

  /** Show the button at a place. @param {HTMLElement} element */
  function point(element) {
    place?.classList.remove('at');
    place = element;
    element.classList.add('at');
    tool.hidden = false;
    tool.setAttribute('aria-label', word('comment_on', { text: quoteOf(element).slice(0, 60) }));
    const box = element.getBoundingClientRect();
    tool.style.top = `${box.top + scrollY - (box.top > 60 ? 44 : 0)}px`;
    tool.style.left = `${Math.max(8, Math.min(box.right - tool.offsetWidth, innerWidth - tool.offsetWidth - 8))}px`;
  }

  /** @param {Event} event */
  const placeAt = event => /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.('[data-place]') ?? null);

  function speak() {
    document.documentElement.lang = lang;
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-word]'))) each.textContent = word(String(each.dataset.word));
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-label]'))) each.ariaLabel = word(String(each.dataset.label));
    for (const each of document.querySelectorAll('[data-language]')) each.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (each).dataset.language === lang));
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('nav [data-in]'))) each.hidden = each.dataset.in !== lang;
  }

  /** Show the page that the address names, else the first of the language. @param {boolean} [moves] whether the learner asked for it */
  function turn(moves) {
    const wanted = pages.find(({ id }) => id === decodeURIComponent(location.hash.slice(1)));
    if (wanted) lang = String(wanted.dataset.in);
    const shown = wanted ?? pages.find(({ dataset }) => dataset.in === lang) ?? pages[0];
    for (const each of pages) each.hidden = each !== shown;
    speak();
    for (const link of document.querySelectorAll('nav a')) link.toggleAttribute('aria-current', link.getAttribute('href') === `#${shown.id}`);
    tool.hidden = true;
    draw();
    if (moves) {
      /** @type {HTMLElement} */ (shown.querySelector('h2')).focus({ preventScroll: true });
      shown.scrollIntoView();
    }
  }

  for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-place]'))) each.tabIndex = 0;
  for (const page of pages) page.append(button('', () => ask(null)));
  for (const page of pages) /** @type {HTMLElement} */ (page.lastElementChild).dataset.word = 'page_comment';

  document.addEventListener('mouseover', event => { const at = placeAt(event); if (at) point(at); });
  document.addEventListener('focusin', event => { const at = placeAt(event); if (at && at === event.target) point(at); });
  document.addEventListener('keydown', event => {
    if (event.key === 'Enter' && placeAt(event) === event.target) {
      event.preventDefault();
      ask(placeAt(event));
    }
  });
  tool.onclick = () => ask(place);
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-language]'))) {
    each.onclick = () => {
      const now = pages.find(({ hidden }) => !hidden) ?? pages[0],
        there = pages.find(({ dataset }) => dataset.in === each.dataset.language && dataset.module === now.dataset.module && dataset.page === now.dataset.page);
      lang = String(each.dataset.language);
      location.hash = there ? `#${there.id}` : '';
    };
  }
  who.oninput = store;
  get('open').onclick = () => get('file').click();
  get('file').onchange = async () => {
    try {
      const read = await Promise.all([...get('file').files].map(async file => JSON.parse(await file.text()).comments)),
        known = new Set([...mine, ...others].map(({ id }) => id)),
        /** @type {Said[]} */
        brought = read.flat().filter(each => each && typeof each.text === 'string' && typeof each.at === 'string' && !known.has(each.id));
      others = [...others, ...brought];
      draw();
      get('state').textContent = word('opened', { n: brought.length });
    } catch {
      get('state').textContent = word('unread');
    }
    get('file').value = '';
  };
  get('save').onclick = () => {
    const file = `${keep.replace(' ', '-')}-${flat(who.value).replace(/[^\p{L}\p{N}]+/gu, '-') || 'comments'}.json`,
      body = new Blob([JSON.stringify({ format: 'sclt-review', version: 1, comments: mine.map(each => ({ ...each, who: who.value.trim() })) }, null, 1)], { type: 'application/json' }),
      link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(body), download: file });
    link.click();
    URL.revokeObjectURL(link.href);
    unsaved = 0;
    store();
    get('state').textContent = word('saved', { name: file });
  };
  addEventListener('hashchange', () => turn(true));
  addEventListener('beforeunload', event => { if (unsaved) event.preventDefault(); });

  try {
    const kept = JSON.parse(localStorage.getItem(keep) ?? '{}');
    mine = kept.mine ?? [];
    unsaved = kept.unsaved ?? 0;
    who.value = kept.who ?? '';
  } catch { /* nothing is kept */ }
  /** @type {HTMLElement} */ (document.querySelector('footer')).hidden = false;
  turn();
})();
