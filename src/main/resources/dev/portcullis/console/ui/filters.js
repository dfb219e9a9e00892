// Filters that stand in the page's address.
import { h } from './dom.js';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'];
export const MODES = [['enforce', 'deny'], ['warn', 'warn'], ['audit', 'audit']];
export const OUTCOMES = ['deny', 'warn', 'allow'];

function field(ctx, each) {
  const id = `filter-${each.name}`;
  const value = ctx.is(each.name);
  const changed = event => ctx.set({ [each.name]: event.target.value.trim(), cursor: null });
  if (each.options) {
    return h('label', { for: id }, each.label,
      h('select', { id, name: each.name, on: { change: changed } },
        h('option', { value: '' }, each.any || 'any'),
        each.options.map(option => {
          const [known, text] = Array.isArray(option) ? option : [option, option];
          return h('option', { value: known, selected: known === value }, text);
        })));
  }
  if (each.moment) {
    const noted = event => ctx.set({ [each.name]: event.target.value ? new Date(event.target.value).toISOString() : null });
    return h('label', { for: id }, each.label,
      h('input', { id, name: each.name, type: 'datetime-local', value: local(value), on: { change: noted } }));
  }
  const list = each.known ? suggestions(`${id}-known`, each.known) : null;
  return h('label', { for: id, class: each.wide ? 'wide' : null }, each.label,
    h('input', { id, name: each.name, type: 'search', value, maxlength: 200, autocomplete: 'off', list: list ? list.id : null, on: { change: changed } }),
    list);
}

/** What may be written, once it is known: no page waits for it, and none fails without it. */
function suggestions(id, known) {
  const list = h('datalist', { id });
  Promise.resolve(known).then(values => list.replaceChildren(...values.map(value => h('option', { value }))), () => {});
  return list;
}

/** A moment as the browser asks for it: in the reader's own time, to the minute. */
function local(iso) {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return '';
  return new Date(time - new Date(time).getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/**
 * The filters of a page.
 * @param {Array<{name: string, label: string, options?: Array, known?: string[]|Promise<string[]>, wide?: boolean, moment?: boolean, more?: boolean}>} fields
 *   those with more are folded away while they are not used
 */
export function filters(ctx, fields) {
  const used = fields.filter(each => ctx.is(each.name));
  const rare = fields.filter(each => each.more);
  const none = Object.fromEntries(fields.map(each => [each.name, null]));
  return h('form', { class: 'filters no-print', role: 'search', on: { submit: event => event.preventDefault() } },
    fields.filter(each => !each.more).map(each => field(ctx, each)),
    rare.length > 0 ? h('details', { id: 'more-filters', open: rare.some(each => ctx.is(each.name)) }, h('summary', {}, 'More filters'),
      h('div', { class: 'more' }, rare.map(each => field(ctx, each)))) : null,
    used.length > 0 ? h('a', { class: 'button', href: ctx.address(none) }, 'Clear') : null);
}

/**
 * Links that give the list as files.
 * @param {URLSearchParams|null} [report] of what there is a report for printing; without it the page itself is printed
 */
export function exports(path, query, report = null) {
  const links = ['csv', 'json'].map(format =>
    h('a', { href: `${path}?${new URLSearchParams([...query, ['format', format]])}`, download: '' }, format.toUpperCase()));
  return h('span', { class: 'exports no-print' }, 'Export ', links[0], ' ', links[1], ' ',
    report
      ? h('a', { class: 'button small', href: `/api/v1/report?${report}`, target: '_blank', rel: 'noopener' }, 'Report')
      : h('button', { type: 'button', class: 'small', on: { click: () => window.print() } }, 'Print'));
}
