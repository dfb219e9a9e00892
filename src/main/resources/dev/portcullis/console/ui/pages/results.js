import { get } from '../api.js';
import { h } from '../dom.js';
import { exports, filters, MODES, SEVERITIES } from '../filters.js';
import { badge, severity, when } from '../format.js';
import { checks, places } from '../known.js';
import { checkLink, workloadLink } from '../links.js';
import { listing, order } from '../table.js';

export const title = 'Results';

const NAMES = ['board', 'cluster', 'namespace', 'kind', 'name', 'check', 'severity', 'mode', 'exempt', 'text'];
const ON_A_PAGE = 100;

const COLUMNS = [
  { id: 'name', label: 'Workload', cell: row => [workloadLink(row), h('span', { class: 'sub' }, row.kind)] },
  { id: 'namespace', label: 'Namespace', cell: row => [row.namespace || h('span', { class: 'muted' }, 'none'), h('span', { class: 'sub' }, row.cluster)] },
  { id: 'check', label: 'Check', cell: row => checkLink(row.check) },
  { label: 'Finding', cell: row => badge(row.exemption ? 'exempt' : row.mode) },
  { id: 'severity', label: 'Severity', downwards: true, cell: row => severity(row.severity) },
  { label: 'Container', cell: row => row.container || '' },
  { label: 'What is wrong', cell: row => [row.message, row.field ? h('span', { class: 'sub' }, h('code', {}, row.field)) : ''] },
  { id: 'lastChange', label: 'Changed', downwards: true, cell: row => when(row.changedAt) },
];

export async function render(ctx) {
  const sort = order(ctx, COLUMNS);
  const page = async cursor => {
    const { results, next } = await get('results', { ...ctx.pick(NAMES), sort, limit: ON_A_PAGE, cursor }, ctx.signal);
    return { rows: results, next };
  };
  const first = await page(null);
  const where = places(ctx.signal);
  const used = new URLSearchParams([...(sort ? [['sort', sort]] : []), ...ctx.used(NAMES)]);
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Results'), exports('/api/v1/results/export', used)),
    filters(ctx, [
      { name: 'text', label: 'Search', wide: true },
      ...(ctx.is('board') ? [{ name: 'board', label: 'Board' }] : []),
      { name: 'namespace', label: 'Namespace', known: where.namespaces },
      { name: 'check', label: 'Check', known: checks(ctx.signal) },
      { name: 'severity', label: 'Severity', options: SEVERITIES },
      { name: 'mode', label: 'Finding', options: MODES },
      { name: 'exempt', label: 'Leave', any: 'none', options: [['true', 'exempt']] },
      { name: 'cluster', label: 'Cluster', known: where.clusters, more: true },
      { name: 'kind', label: 'Kind', more: true },
      { name: 'name', label: 'Workload', more: true },
    ]),
    listing({
      ctx, ordered: true, caption: 'What is found of what runs', columns: COLUMNS, rows: first.rows, next: first.next, more: page,
      empty: NAMES.some(ctx.is) ? 'Nothing is found that is like that.' : 'Nothing is found: the background scan tells of what runs, once it has.',
    }).node);
}
