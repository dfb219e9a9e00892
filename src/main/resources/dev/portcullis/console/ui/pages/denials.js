import { get } from '../api.js';
import { h } from '../dom.js';
import { filters } from '../filters.js';
import { badge, count, moment, number, place, when } from '../format.js';
import { checkLink, link, workloadLink } from '../links.js';
import { listing } from '../table.js';

export const title = 'Denials';

const MOST = 500;

const COLUMNS = [
  { id: 'owner', label: 'Owner', sort: row => row.ownerName, cell: row => [
    link('/workload', { cluster: row.cluster, namespace: row.namespace, kind: row.ownerKind, name: row.ownerName }, `${row.ownerKind} ${row.ownerName}`),
    h('span', { class: 'sub' }, place(row))] },
  { id: 'state', label: 'State', sort: row => row.resolvedAt ?? '', cell: row => (row.resolvedAt ? [badge('let in', 'allow'), ' ', when(row.resolvedAt)] : badge('denied still', 'deny')) },
  { id: 'times', label: 'Times', number: true, sort: row => row.times, cell: row => link('/decisions', { cluster: row.cluster, namespace: row.namespace, ownerKind: row.ownerKind, owner: row.ownerName, outcome: 'deny' }, number(row.times)) },
  { id: 'first', label: 'First', sort: row => row.firstSeen, cell: row => when(row.firstSeen) },
  { id: 'last', label: 'Last', sort: row => row.lastSeen, cell: row => when(row.lastSeen) },
  { label: 'Checks', cell: row => row.checks.flatMap((id, i) => (i ? [', ', checkLink(id)] : [checkLink(id)])) },
];

function outage(each) {
  return h('li', {},
    h('span', {}, `${moment(each.began)} to ${moment(each.ended)}`), h('span', {}, `${count(each.entered.length, 'workload')} entered`),
    h('span', { class: 'line muted' }, each.entered.slice(0, 20).flatMap((row, i) => [i ? ', ' : '', workloadLink(row)]),
      each.entered.length > 20 ? ` and ${each.entered.length - 20} more` : ''));
}

export async function render(ctx) {
  const open = ctx.is('open') === 'true';
  const [{ denials }, { outages }] = await Promise.all([
    get('denials', { open: open || null, limit: MOST }, ctx.signal), get('outages', {}, ctx.signal)]);
  const searched = ctx.is('text').toLowerCase();
  const rows = denials.filter(row => (!ctx.is('namespace') || row.namespace === ctx.is('namespace'))
    && `${row.ownerKind} ${row.ownerName} ${row.checks.join(' ')}`.toLowerCase().includes(searched));
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Denials')),
    filters(ctx, [
      { name: 'text', label: 'Search', wide: true },
      { name: 'namespace', label: 'Namespace', known: [...new Set(denials.map(each => each.namespace).filter(Boolean))] },
      { name: 'open', label: 'State', any: 'all', options: [['true', 'denied still']] },
    ]),
    listing({ ctx, caption: 'Owners that were denied', columns: COLUMNS, rows, next: null, empty: denials.length ? 'None is like that.' : 'Nothing was denied.' }).node,
    denials.length === MOST ? h('p', { class: 'muted' }, `These are the latest ${MOST}.`) : null,
    h('section', { class: 'panel' }, h('h2', {}, 'While nobody decided'),
      outages.length === 0
        ? h('p', { class: 'muted' }, 'There was always a gate, as far as the history goes back.')
        : h('ul', { class: 'feed' }, outages.map(outage))));
}
