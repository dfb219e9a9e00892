import { get } from '../api.js';
import { h } from '../dom.js';
import { badge, number, severity, when } from '../format.js';
import { exports, filters, MODES, SEVERITIES } from '../filters.js';
import { checks, places } from '../known.js';
import { checkLink, workloadLink } from '../links.js';
import { listing, order } from '../table.js';

export const title = 'Workloads';

const NAMES = ['board', 'cluster', 'namespace', 'kind', 'name', 'check', 'severity', 'mode', 'text'];
const ON_A_PAGE = 100;

const counting = (row, mode) => row.findings.filter(each => each.mode === mode && !each.exemption).length;
const exempt = row => row.findings.filter(each => each.exemption).length;

function verdict(row) {
  if (counting(row, 'enforce')) return 'deny';
  return counting(row, 'warn') ? 'warn' : 'allow';
}

/** The worst of what counts; its order is that of all severities. */
function gravest(row) {
  const found = row.findings.filter(each => !each.exemption).map(each => each.severity);
  const level = SEVERITIES.find(each => found.includes(each));
  return level ? severity(level) : h('span', { class: 'muted' }, 'none');
}

function worst(row) {
  const ids = [...new Set(row.findings.filter(each => !each.exemption && each.mode !== 'audit').map(each => each.check))];
  return ids.slice(0, 3).flatMap((id, i) => (i ? [', ', checkLink(id)] : [checkLink(id)])).concat(ids.length > 3 ? ` and ${ids.length - 3} more` : '');
}

const several = (label, of, id) => ({ id, label, number: true, downwards: true, cell: row => (of(row) ? number(of(row)) : h('span', { class: 'muted' }, '0')) });

export const COLUMNS = [
  { id: 'name', label: 'Workload', cell: row => [workloadLink(row), h('span', { class: 'sub' }, row.kind)] },
  { id: 'namespace', label: 'Namespace', cell: row => [row.namespace || h('span', { class: 'muted' }, 'none'), h('span', { class: 'sub' }, row.cluster)] },
  { label: 'Verdict', cell: row => badge(verdict(row)) },
  several('Denials', row => counting(row, 'enforce'), 'failures'),
  several('Warnings', row => counting(row, 'warn')),
  several('Exempt', exempt),
  { id: 'severity', label: 'Worst', downwards: true, cell: gravest },
  { label: 'Checks', cell: worst },
  { id: 'lastChange', label: 'Changed', downwards: true, cell: row => [when(row.changedAt), h('span', { class: 'sub' }, 'judged ', when(row.judgedAt))] },
];

/** Of what there is a report as a whole. */
function reported(ctx) {
  const parts = Object.entries(ctx.pick(['cluster', 'namespace', 'check'])).filter(([, value]) => value);
  return parts.some(([name]) => name !== 'cluster') ? new URLSearchParams(parts) : null;
}

export async function render(ctx) {
  const parameters = ctx.pick(NAMES);
  const page = cursor => get('workloads', { ...parameters, sort: order(ctx, COLUMNS), limit: ON_A_PAGE, cursor }, ctx.signal);
  const first = await page(null);
  const where = places(ctx.signal);
  const list = listing({
    ctx, ordered: true, caption: 'Workloads that run', columns: COLUMNS, rows: first.workloads, next: first.next,
    more: async cursor => { const answer = await page(cursor); return { rows: answer.workloads, next: answer.next }; },
    empty: NAMES.some(ctx.is) ? 'No workload is like that.' : 'No workload is known yet: the background scan tells of those that run.',
  });
  // Results have a text of their own.
  const used = new URLSearchParams(ctx.used(NAMES)
    .map(([name, value]) => [name === 'text' ? 'workload' : name, value]));
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, ctx.is('namespace') ? `Workloads of ${ctx.is('namespace')}` : 'Workloads'),
      exports('/api/v1/results/export', used, reported(ctx))),
    filters(ctx, [
      { name: 'text', label: 'Search', wide: true },
      ...(ctx.is('board') ? [{ name: 'board', label: 'Board' }] : []),
      { name: 'cluster', label: 'Cluster', known: where.clusters },
      { name: 'namespace', label: 'Namespace', known: where.namespaces },
      { name: 'kind', label: 'Kind', options: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'] },
      { name: 'name', label: 'Name' },
      { name: 'check', label: 'Check', known: checks(ctx.signal) },
      { name: 'severity', label: 'Severity', options: SEVERITIES },
      { name: 'mode', label: 'Finding', options: MODES },
    ]),
    list.node);
}
