/** Filters, sorts and prints a report; without it the page has all the same, unfiltered. */
(() => {
  const form = document.querySelector('.filters'),
    fields = { in: 'f-in', group: 'f-group', language: 'f-language', month: 'f-month', from: 'f-from', to: 'f-to' },
    field = name => document.getElementById(fields[name]),
    rows = [...document.querySelectorAll('[data-in], [data-group], [data-one], [data-two], [data-three], [data-day], [data-slice]')],
    language = () => document.querySelector('input[name=language]:checked').id;

  /** A part of the page is shown where each filter that it knows of lets it through. */
  function isShown({ in: inside, group, language: spoken, one, two, three, day, slice, value }, chosen) {
    return (!chosen.in || inside === undefined || inside.split(' ').includes(chosen.in))
      && (group === undefined || group === (chosen.group ?? '*')) && (spoken === undefined || spoken === (chosen.language ?? '*'))
      && (chosen.group === undefined || one === undefined || one === chosen.group)
      && (chosen.language === undefined || two === undefined || two === chosen.language)
      && (!chosen.month || three === undefined || three === chosen.month)
      && (slice === undefined || value === chosen[slice])
      && (day === undefined || ((!chosen.from || day >= chosen.from) && (!chosen.to || day <= chosen.to)));
  }

  function chosenNow() {
    const chosen = {};
    for (const name of ['in', 'from', 'to']) chosen[name] = field(name).value;
    for (const name of ['group', 'language', 'month']) {
      const { selectedIndex, value } = field(name);
      if (selectedIndex > 0) chosen[name] = value;
    }
    return chosen;
  }

  function filter() {
    const chosen = chosenNow();
    for (const row of rows) row.classList.toggle('filtered', !isShown(row.dataset, chosen));
    for (const note of document.querySelectorAll('.undivided')) {
      note.hidden = !note.dataset.for.split(' ').some(name => chosen[name] !== undefined && chosen[name] !== '');
    }
    const told = Object.keys(fields).filter(name => chosen[name] !== undefined && chosen[name] !== '')
      .map(name => (field(name).selectedOptions?.[0].textContent ?? field(name).value).replace(/^– /, '')).join(' · ');
    document.getElementById('f-told').textContent = told;
    // on paper there is no form that would say it
    document.querySelector('.chosen').textContent = told;
    document.querySelector('.chosen').hidden = !told;
  }

  function speak() {
    const tag = language();
    document.documentElement.lang = tag;
    for (const option of document.querySelectorAll('option')) option.textContent = option.getAttribute(`data-${tag}`) ?? '—';
    filter();
  }

  /** What a cell is sorted by: its number, or the words that are shown. */
  function worth(row, column) {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.innerText.trim() : Number(cell.dataset.v);
  }

  function sort(table, column, head) {
    const down = head.getAttribute('aria-sort') === 'ascending',
      body = table.tBodies[0],
      sorted = [...body.rows].map(row => [worth(row, column), row]).sort(([one], [two]) =>
        (typeof one === 'number' && typeof two === 'number' ? one - two : String(one).localeCompare(String(two), language(), { numeric: true })) * (down ? -1 : 1));
    for (const other of head.parentElement.children) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    body.append(...sorted.map(([, row]) => row));
  }

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      button.addEventListener('click', () => sort(table, column, head));
      head.append(button);
    });
  }

  function printSummary() {
    document.body.classList.add('only-summary');
    window.print();
    document.body.classList.remove('only-summary');
  }

  /** A link into what is folded opens it. */
  function open() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target; part; part = part.parentElement) if (part.tagName === 'DETAILS') part.open = true;
    if (target) target.scrollIntoView();
  }

  document.querySelectorAll('.sortable').forEach(makeSortable);
  for (const part of document.querySelectorAll('.only-script, .slice')) part.hidden = false;
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('reset', () => setTimeout(filter));
  document.querySelectorAll('input[name=language]').forEach(each => each.addEventListener('change', speak));
  document.getElementById('print').addEventListener('click', printSummary);
  window.addEventListener('hashchange', open);
  speak();
  open();
})();
