import { get } from '../api.js';
import { copyButton, h, visible } from '../dom.js';
import { COLUMNS } from '../exemptions.js';
import { filters } from '../filters.js';
import { listing } from '../table.js';

export const title = 'Exemptions';

const MOST = 500;
const OF_DOCKER = ['Container', 'ComposeService', 'Image'];
/** What an exemption must have, in words. */
const NEEDED = {
  title: 'its name', home: 'its namespace', kind: 'the kind of the workload', name: 'the name of the workload', checks: 'checks',
  owner: 'an owner, who answers for it', reason: 'a reason',
};
const STATES = { counts: row => row.counts, void: row => !row.counts, unused: row => row.uses + row.workloads === 0 };

/** A string as YAML: JSON's strings are YAML's, too. */
const text = value => visible(JSON.stringify(value));

/** An exemption as YAML, of what was written into the form. */
export function yaml(of) {
  const lines = [
    'apiVersion: portcullis.dev/v1alpha1', 'kind: HardeningExemption',
    `metadata: {name: ${text(of.title)}, namespace: ${text(of.home)}}`,
    'spec:', '  subject:', `    platform: ${of.platform}`,
  ];
  if (of.platform === 'kubernetes') lines.push(`    namespace: ${text(of.namespace)}`);
  lines.push(`    kind: ${text(of.kind)}`, `    name: ${text(of.name)}`);
  if (of.containers) lines.push(`    containers: [${list(of.containers)}]`);
  lines.push(`  checks: [${list(of.checks)}]`, `  owner: ${text(of.owner)}`, `  reason: ${text(of.reason)}`);
  if (of.ends) lines.push(`  expiresAt: ${of.ends}T00:00:00Z`);
  return `${lines.join('\n')}\n`;
}

const list = names => names.split(/[\s,]+/).filter(Boolean).map(text).join(', ');

const inDays = days => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

/** What keeps it from counting; empty where nothing does. */
function lacking(of, homes) {
  const without = Object.keys(NEEDED).filter(name => of[name].trim() === '').map(name => NEEDED[name]);
  if (of.platform === 'kubernetes' && of.namespace.trim() === '') without.push('the namespace of the workload');
  if (without.length > 0) return `Still to be written: ${without.join('; ')}.`;
  if (homes.length === 0) return 'It does not count yet: list its namespace under spec.exemptionNamespaces of a policy.';
  return homes.includes(of.home) ? '' : `It would not count: policies heed exemptions of ${homes.join(', ')}.`;
}

function maker(ctx, homes) {
  const output = h('pre', { tabindex: '0', id: 'yaml', 'aria-label': 'The exemption as YAML' });
  const input = (name, label, value, more = {}) => h('label', { for: `make-${name}`, class: more.whole ? 'whole' : null }, label,
    more.options
      ? h('select', { id: `make-${name}`, name }, more.options.map(each => h('option', { value: each, selected: each === value }, each)))
      : h('input', { id: `make-${name}`, name, value, type: more.type || 'text', autocomplete: 'off', list: more.list || null, required: more.required || name in NEEDED }));
  const form = h('form', { class: 'fields', on: { input: write, submit: event => event.preventDefault() } },
    input('title', 'Name of the exemption', ctx.is('name')),
    input('home', 'Its namespace', homes[0] || 'portcullis-exemptions', { list: 'homes' }),
    h('datalist', { id: 'homes' }, homes.map(each => h('option', { value: each }))),
    input('platform', 'Platform', OF_DOCKER.includes(ctx.is('kind')) ? 'docker' : 'kubernetes', { options: ['kubernetes', 'docker'] }),
    input('namespace', 'Namespace of the workload', ctx.is('namespace')),
    input('kind', 'Kind', ctx.is('kind') || 'Deployment'),
    input('name', 'Name of the workload', ctx.is('name')),
    input('containers', 'Containers (none means all)', ''),
    input('checks', 'Checks', ctx.is('checks').replaceAll(',', ', '), { whole: true }),
    input('owner', 'Owner', ''),
    input('reason', 'Reason', ''),
    input('ends', 'Ends on', inDays(90), { type: 'date' }));
  const problem = h('p', { role: 'status', id: 'make-problem' });
  const copy = copyButton('Copy YAML', () => output.textContent);
  function write() {
    const of = Object.fromEntries(new FormData(form));
    output.textContent = yaml(of);
    const told = lacking(of, homes);
    if (problem.textContent !== told) problem.textContent = told;
    copy.disabled = told.startsWith('Still');
  }
  write();
  return h('section', { class: 'panel no-print', id: 'maker' }, h('h2', {}, 'Make an exemption'), form, output, problem, copy,
    h('p', { class: 'muted' }, 'Apply it, or commit it beside the policies: it counts in a namespace that a policy heeds.'));
}

/** All of them, of which there are few, and the namespaces in which they count. */
async function all(ctx) {
  const rows = [];
  let homes = [];
  let cursor = null;
  do {
    const page = await get('exemptions', { limit: MOST, cursor }, ctx.signal);
    rows.push(...page.exemptions);
    homes = page.namespaces;
    cursor = page.next;
  } while (cursor && rows.length < 10 * MOST);
  return { rows, homes };
}

export async function render(ctx) {
  const { rows, homes } = await all(ctx);
  const searched = ctx.is('text').toLowerCase();
  const kept = rows.filter(row => (STATES[ctx.is('state')] || (() => true))(row)
    && `${row.namespace}/${row.name} ${JSON.stringify(row)}`.toLowerCase().includes(searched));
  const making = ctx.is('new') === 'true';
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Exemptions'),
      h('a', { class: 'button no-print', id: 'make', href: ctx.address({ new: making ? null : 'true' }) }, making ? 'Close' : 'Make an exemption')),
    making ? maker(ctx, homes) : null,
    filters(ctx, [
      { name: 'text', label: 'Search', wide: true },
      { name: 'state', label: 'State', options: [['counts', 'in force'], ['void', 'void'], ['unused', 'unused']] },
    ]),
    listing({ ctx, caption: 'Exemptions', columns: COLUMNS, rows: kept, next: null, empty: rows.length ? 'None is like that.' : 'There are none.' }).node);
}
