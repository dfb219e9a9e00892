import { get } from '../api.js';
import { h } from '../dom.js';
import { findingCard } from '../finding.js';
import { badge, count, number, when } from '../format.js';
import { link } from '../links.js';
import { listing } from '../table.js';

export const title = 'Docker hosts';

const ON_A_PAGE = 100;
/** Milliseconds after which a host that says nothing is told of. */
const SILENT = 24 * 3600 * 1000;

function verdict(row) {
  if (row.violating) return badge('deny');
  return row.warned ? badge('warn') : badge('allow');
}

function reported(row) {
  const silent = Date.now() - Date.parse(row.reportedAt) > SILENT;
  return [when(row.reportedAt), silent ? h('span', { class: 'sub' }, badge('silent', 'warn')) : ''];
}

function containers(row) {
  return [link('/workloads', { cluster: row.name }, number(row.containers)),
    row.omitted ? h('span', { class: 'sub' }, `and ${number(row.omitted)} more`) : ''];
}

function engine(row) {
  return row.engine.length === 0
    ? h('p', { class: 'muted' }, 'Nothing speaks against its engine.')
    : h('div', { class: 'findings' }, row.engine.map(each => findingCard(each)));
}

const COLUMNS = [
  { id: 'name', label: 'Host', sort: row => row.name, cell: row => row.name },
  { id: 'verdict', label: 'Containers', sort: row => row.violating, cell: verdict },
  { id: 'containers', label: 'All', number: true, sort: row => row.containers, cell: containers },
  { id: 'violating', label: 'Denied', number: true, sort: row => row.violating, cell: row => number(row.violating) },
  { id: 'warned', label: 'Warned', number: true, sort: row => row.warned, cell: row => number(row.warned) },
  { id: 'engine', label: 'Engine', sort: row => row.engine.length, cell: row => (row.engine.length ? count(row.engine.length, 'finding') : h('span', { class: 'muted' }, 'none')) },
  { id: 'reported', label: 'Reported', sort: row => row.reportedAt, cell: reported },
];

export async function render(ctx) {
  const page = cursor => get('hosts', { limit: ON_A_PAGE, cursor }, ctx.signal);
  const first = await page(null);
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Docker hosts')),
    listing({
      ctx, caption: 'Docker hosts that report', columns: COLUMNS, rows: first.hosts, next: first.next,
      more: async cursor => { const answer = await page(cursor); return { rows: answer.hosts, next: answer.next }; },
      detail: engine, key: row => row.name, label: row => `Engine of ${row.name}`,
      empty: 'None has reported yet: scan docker --report-to tells the console of one.',
    }).node);
}
