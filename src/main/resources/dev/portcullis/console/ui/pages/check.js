import { get } from '../api.js';
import { h } from '../dom.js';
import { exports, filters, MODES } from '../filters.js';
import { badge, count, inline, severity, when } from '../format.js';
import { places } from '../known.js';
import { link, workloadLink } from '../links.js';
import { facts, listing, order } from '../table.js';

export const title = 'Check';

const NAMES = ['namespace', 'mode', 'exempt', 'text'];
const ON_A_PAGE = 100;

const COLUMNS = [
  { id: 'name', label: 'Workload', cell: row => [workloadLink(row), h('span', { class: 'sub' }, row.kind)] },
  { id: 'namespace', label: 'Namespace', cell: row => [row.namespace, h('span', { class: 'sub' }, row.cluster)] },
  { label: 'Finding', cell: row => badge(row.exemption ? 'exempt' : row.mode) },
  { label: 'Container', cell: row => row.container || '' },
  { label: 'What is wrong', cell: row => [row.message, row.field ? h('span', { class: 'sub' }, h('code', {}, row.field)) : ''] },
  { id: 'lastChange', label: 'Changed', downwards: true, cell: row => when(row.changedAt) },
];

function parameters(check) {
  if (check.parameters.length === 0) return null;
  return h('section', { class: 'panel' }, h('h2', {}, 'Parameters'),
    facts(check.parameters.map(each => [each.name, each.description, ' ', h('code', {}, inline(each.defaultValue))])));
}

/** How each policy asks a rule of its own. */
function rules(check) {
  if (check.rules.length === 0) return null;
  return h('section', { class: 'panel', id: 'rules' }, h('h2', {}, 'Where policies ask it'),
    check.rules.map(each => [h('h3', {}, link('/policies', {}, each.policy), ' ', badge(each.mode)), h('p', {}, each.message),
      h('pre', { tabindex: '0', 'aria-label': `The rule of ${each.policy}` }, each.expression)]));
}

function about(check) {
  return h('section', { class: 'panel' },
    h('p', {}, check.why),
    facts([
      ['Asked in mode', badge(check.mode)], ['Severity', severity(check.severity)], ['Category', check.category], ['Profiles', check.profiles.join(', ')],
      ['Fails', count(check.workloads, 'workload')], ['Revision', check.revision], ['References', check.references.join(' · ')],
    ]),
    check.fix ? h('p', {}, h('strong', {}, 'For example: '), check.fix) : null);
}

export async function render(ctx) {
  const id = ctx.is('id');
  const sort = order(ctx, COLUMNS);
  const page = cursor => get('results', { ...ctx.pick(NAMES), check: id, sort, limit: ON_A_PAGE, cursor }, ctx.signal);
  const [{ checks }, first] = await Promise.all([get('checks', {}, ctx.signal), page(null)]);
  const check = checks.find(each => each.id === id);
  const failing = listing({
    ctx, ordered: true, caption: `What fails ${id}`, columns: COLUMNS, rows: first.results, next: first.next,
    more: async cursor => { const answer = await page(cursor); return { rows: answer.results, next: answer.next }; },
    empty: 'Nothing that runs fails it.',
  });
  const used = new URLSearchParams([['check', id], ...(sort ? [['sort', sort]] : []), ...ctx.used(NAMES)]);
  return h('div', {},
    h('div', { class: 'head' },
      h('div', {}, h('h1', { tabindex: '-1' }, id), check ? h('p', { class: 'muted' }, check.title) : h('p', {}, 'A rule that no policy has now, or a check that is not in the catalogue.')),
      h('div', { class: 'side no-print' }, link('/decisions', { check: id }, 'Decisions'), exports('/api/v1/results/export', used, new URLSearchParams([['check', id], ...used.getAll('namespace').map(each => ['namespace', each])])))),
    check ? about(check) : null,
    check ? rules(check) : null,
    check?.rules.length === 0 ? h('section', { class: 'panel' }, h('h2', {}, 'Where each platform says it'),
      facts(Object.entries(check.fields).map(([form, field]) => [form, h('code', {}, field)]))) : null,
    check ? parameters(check) : null,
    h('h2', {}, 'Who fails'),
    filters(ctx, [
      { name: 'text', label: 'Search', wide: true }, { name: 'namespace', label: 'Namespace', known: places(ctx.signal).namespaces }, { name: 'mode', label: 'Finding', options: MODES },
      { name: 'exempt', label: 'Leave', any: 'none', options: [['true', 'exempt']] },
    ]),
    failing.node);
}
