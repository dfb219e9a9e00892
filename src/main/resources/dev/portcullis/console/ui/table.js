// A list of rows: sorted by a click, more of it by another.
import { append, h, say } from './dom.js';
import { count } from './format.js';

/** Pages without any row that are asked for in a row: what is looked for is rare. */
const PATIENCE = 10;

function compare(left, right) {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left ?? '').localeCompare(String(right ?? ''), 'en', { numeric: true });
}

/** The order that an address asks a server for; what it asked for once was another. */
export function order(ctx, columns) {
  const wanted = ctx.is('sort');
  return columns.some(each => each.id && each.id === wanted.replace(/^-/, '')) ? wanted : null;
}

/**
 * A table.
 * @param {object} of
 *   ctx; caption; columns ({label, cell(row), sort?(row), number?, id?, downwards?}); rows; next (a cursor or null);
 *   ordered, where the server sorts all rows by the page's address, not the browser those that are here;
 *   more(cursor) => {rows, next}; detail?(row); key?(row); empty (a sentence for no rows)
 */
export function listing(of) {
  const { ctx, columns } = of;
  const rows = [...of.rows];
  let next = of.next ?? null;
  let left = false;
  let asked = rows.length;
  let sorting = ctx.is('sort');
  const body = h('tbody', { role: 'rowgroup' });
  const head = h('tr', { role: 'row' });
  const shown = h('span', { class: 'muted' });
  const button = h('button', { type: 'button', class: 'no-print', on: { click: () => extend().catch(told) } });

  function column() {
    return columns.find(each => each.id && each.id === sorting.replace(/^-/, ''));
  }

  function sorted() {
    const by = column();
    if (!by || of.ordered) return rows;
    const sign = sorting.startsWith('-') ? -1 : 1;
    return [...rows].sort((left, right) => sign * compare(by.sort(left), by.sort(right)));
  }

  function sortBy(id) {
    const [first, second] = columns.find(each => each.id === id).downwards ? [`-${id}`, id] : [id, `-${id}`];
    sorting = sorting === first ? second : first;
    if (of.ordered) {
      say(`Sorted by ${column().label}`);
      ctx.set({ sort: sorting });
      return;
    }
    ctx.note({ sort: sorting });
    draw();
    document.getElementById(`sort-${id}`)?.focus();
    say(`Sorted by ${column().label}`);
  }

  function heading(each) {
    if (!each.id) return h('th', { scope: 'col', role: 'columnheader', class: each.number ? 'number' : null }, each.label);
    const here = sorting.replace(/^-/, '') === each.id;
    const order = here ? (sorting.startsWith('-') ? 'descending' : 'ascending') : null;
    return h('th', { scope: 'col', role: 'columnheader', 'aria-sort': order, class: each.number ? 'number' : null },
      h('button', { type: 'button', class: 'sort', id: `sort-${each.id}`, on: { click: () => sortBy(each.id) } },
        each.label, h('span', { 'aria-hidden': 'true' }, order === 'ascending' ? ' ↑' : order === 'descending' ? ' ↓' : '')));
  }

  function line(row) {
    const cells = columns.map(each => h('td', { role: 'cell', 'data-label': each.label, class: each.number ? 'number' : null }, h('div', { class: 'cell' }, each.cell(row))));
    const tr = h('tr', { role: 'row' }, cells);
    return of.detail ? expandable(tr, row) : tr;
  }

  function expandable(tr, row) {
    const id = `detail-${of.key(row)}`;
    const toggle = h('button', { type: 'button', class: 'expand', 'aria-expanded': 'false', 'aria-label': of.label(row), on: { click: flip } }, '▸');
    tr.querySelector('.cell').prepend(toggle);
    let detail = null;
    function flip() {
      const open = detail === null;
      toggle.setAttribute('aria-expanded', String(open));
      toggle.textContent = open ? '▾' : '▸';
      if (open) {
        detail = h('tr', { role: 'row', class: 'detail', id }, h('td', { role: 'cell', colspan: columns.length }, of.detail(row)));
        tr.after(detail);
      } else {
        detail.remove();
        detail = null;
      }
    }
    if (of.open?.(row)) queueMicrotask(flip);
    return tr;
  }

  function draw() {
    head.replaceChildren(...columns.map(heading));
    body.replaceChildren(...sorted().map(line));
    tally();
  }

  function tally() {
    shown.textContent = rows.length === 0 ? of.empty : `${count(rows.length, 'row')}${next ? ' so far' : left ? ', the latest; older ones are left out while it follows' : ''}`;
    button.hidden = next === null;
    button.textContent = rows.length === 0 ? 'Search on' : 'Show more';
    table.hidden = rows.length === 0;
  }

  async function extend() {
    for (let tried = 0; tried < PATIENCE && next !== null; tried++) {
      button.disabled = true;
      const page = await of.more(next);
      button.disabled = false;
      rows.push(...page.rows);
      asked = rows.length;
      next = page.next ?? null;
      // What is opened stays open.
      if (column() && !of.ordered) draw();
      else body.append(...page.rows.map(line));
      if (page.rows.length > 0) break;
    }
    tally();
  }

  function told(error) {
    if (error.name === 'AbortError') return;
    button.disabled = false;
    shown.textContent = error.message;
    say(error.message);
  }

  const table = h('table', { role: 'table' }, h('caption', { class: 'hidden-text' }, of.caption), h('thead', { role: 'rowgroup' }, head), body);
  draw();
  if (rows.length === 0 && next !== null) extend().catch(told);
  const node = h('div', { class: 'listing' }, table, h('p', { class: 'foot' }, shown, ' ', button));
  return {
    node,
    /** The largest key of any row; null where there is none. */
    largest: () => rows.reduce((most, row) => (most === null || of.key(row) > most ? of.key(row) : most), null),
    /** Puts a row that is not there yet in its place by its key, the largest first; the last go once there are more than most and than were asked for. */
    insert(row, most) {
      if (rows.some(each => of.key(each) === of.key(row))) return;
      const found = rows.findIndex(each => of.key(each) <= of.key(row));
      const at = found < 0 ? rows.length : found;
      rows.splice(at, 0, row);
      // The cursor leads on from a row that is gone: what it gave would leave a hole.
      if (rows.splice(Math.max(most, asked)).length > 0) {
        next = null;
        left = true;
      }
      if (column()) {
        draw();
        return;
      }
      const lines = [...body.querySelectorAll('tr:not(.detail)')];
      const added = line(row);
      added.classList.add('fresh');
      body.insertBefore(added, lines[at] ?? null);
      lines.splice(at, 0, added);
      for (const gone of lines.slice(rows.length)) {
        if (gone.nextElementSibling?.matches('.detail')) gone.nextElementSibling.remove();
        gone.remove();
      }
      tally();
    },
  };
}

/** Facts, each with its name. */
export function facts(pairs) {
  const list = h('dl', { class: 'facts' });
  for (const [name, ...values] of pairs) {
    if (values.flat().some(value => value !== null && value !== undefined && value !== '')) {
      append(list, [h('div', {}, h('dt', {}, name), h('dd', {}, ...values))]);
    }
  }
  return list;
}
