import { ApiError, get } from '../api.js';
import { COLUMNS, detail, subject } from '../decisions.js';
import { h } from '../dom.js';
import { findingCard } from '../finding.js';
import { badge, count, place, when } from '../format.js';
import { checkLink, link, workload as of } from '../links.js';
import { facts, listing } from '../table.js';
import { COLUMNS as EXEMPTIONS } from '../exemptions.js';

export const title = 'Workload';

/** Workloads of one name that are told of. */
const MOST_EQUAL = 100;
const ORDER = { critical: 0, high: 1, medium: 2, low: 3 };

function verdict(findings) {
  if (findings.some(each => each.mode === 'enforce')) return 'deny';
  return findings.some(each => each.mode === 'warn') ? 'warn' : 'allow';
}

function group(name, findings, answer) {
  if (findings.length === 0) return null;
  const sorted = [...findings].sort((left, right) => (ORDER[left.severity] ?? 9) - (ORDER[right.severity] ?? 9));
  return h('section', { class: 'panel' }, h('h2', {}, `${name} (${findings.length})`),
    h('div', { class: 'findings' }, sorted.map(each => findingCard(each, answer.checks[each.check], answer.workload))));
}

function denial(found) {
  if (!found) return null;
  const state = found.resolvedAt ? ['it was let in ', when(found.resolvedAt)] : ['it was not let in since'];
  return h('section', { class: `panel ${found.resolvedAt ? '' : 'problem'}` }, h('h2', {}, 'Denied at the gate'),
    h('p', {}, `${count(found.times, 'time')}, last `, when(found.lastSeen), '; ', state, '. Checks: ',
      found.checks.flatMap((id, i) => (i ? [', ', checkLink(id)] : [checkLink(id)])), '.'));
}

const decided = (row, text) => link('/decisions', { cluster: row.cluster, namespace: row.namespace, ownerKind: row.kind, owner: row.name }, text);

function tables(ctx, answer) {
  const none = { ctx: { ...ctx, is: () => '', note: () => {} }, next: null };
  const decisions = listing({
    ...none, caption: 'Decisions about it', columns: COLUMNS.map(each => ({ ...each, id: null })), rows: answer.decisions,
    detail, key: row => row.seq, label: row => `Details of ${subject(row)}`, empty: 'None is kept.',
  });
  const exemptions = listing({
    ...none, caption: 'Exemptions that name it', columns: EXEMPTIONS.map(each => ({ ...each, id: null })), rows: answer.exemptions, empty: 'None names it.',
  });
  const row = answer.workload;
  return [
    h('section', { class: 'panel' }, h('h2', {}, 'Decisions', decided(row, 'all')), decisions.node),
    h('section', { class: 'panel' }, h('h2', {}, 'Exemptions'), exemptions.node),
  ];
}

/** What is not known to run may have been asked for all the same. */
function unknown(ctx) {
  const row = ctx.pick(['cluster', 'namespace', 'kind', 'name']);
  return h('section', { class: 'panel' }, h('h1', { tabindex: '-1' }, `${row.kind || ''} ${row.name || ''}`),
    h('p', {}, 'It is not known to run: the background scan has not seen it, or it is gone.'),
    h('p', {}, decided(row, 'What was decided about it')));
}

/** Those that an address without a cluster may mean; null where it means no several. */
async function several(ctx, named) {
  if (!named.name || !named.kind) return null;
  const { workloads } = await get('workloads', { ...named, limit: MOST_EQUAL }, ctx.signal);
  if (workloads.length < 2) return null;
  return h('section', { class: 'panel' }, h('h1', { tabindex: '-1' }, `${named.kind} ${named.name}`),
    h('p', {}, 'There are several of that name:'),
    h('ul', {}, workloads.map(row => h('li', {}, link('/workload', of(row), [place(row), row.name].filter(Boolean).join(' / '))))));
}

export async function render(ctx) {
  const named = ctx.pick(['cluster', 'namespace', 'kind', 'name']);
  let answer;
  try {
    answer = await get('workload', named, ctx.signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return unknown(ctx);
    const equal = error instanceof ApiError && error.status === 400 ? await several(ctx, named) : null;
    if (equal) return equal;
    throw error;
  }
  const row = answer.workload;
  const counting = row.findings.filter(each => !each.exemption);
  const checks = [...new Set(counting.map(each => each.check))].join(',');
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, `${row.kind} ${row.name} `, badge(verdict(counting))),
      h('div', { class: 'side no-print' },
        counting.length ? h('a', { class: 'button', href: `/exemptions?${new URLSearchParams({ ...of(row), checks, new: 'true' })}` }, 'Make an exemption') : null,
        h('button', { type: 'button', class: 'small', on: { click: () => window.print() } }, 'Print'))),
    h('section', { class: 'panel' }, facts([
      ['Cluster', row.cluster], ['Namespace', row.namespace ? link('/workloads', { cluster: row.cluster, namespace: row.namespace }, row.namespace) : ''],
      ['Made', when(row.createdAt)], ['Judged', when(row.judgedAt)], ['Policies', row.policies],
    ])),
    denial(answer.denial),
    counting.length === 0 ? h('section', { class: 'panel' }, h('p', {}, 'Nothing speaks against it.')) : null,
    group('Would be denied', counting.filter(each => each.mode === 'enforce'), answer),
    group('Warnings', counting.filter(each => each.mode === 'warn'), answer),
    group('Noted for audit', counting.filter(each => each.mode === 'audit'), answer),
    group('Exempt', row.findings.filter(each => each.exemption), answer),
    tables(ctx, answer));
}
