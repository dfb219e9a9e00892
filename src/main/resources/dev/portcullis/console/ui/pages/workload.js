import { ApiError, get } from '../api.js';
import { COLUMNS, detail, subject } from '../decisions.js';
import { h } from '../dom.js';
import { findingCard } from '../finding.js';
import { badge, count, when } from '../format.js';
import { checkLink, link, workload as named } from '../links.js';
import { facts, listing } from '../table.js';
import { COLUMNS as EXEMPTIONS } from '../exemptions.js';

export const title = 'Workload';

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
    h('section', { class: 'panel' }, h('h2', {}, 'Decisions', link('/decisions', { namespace: row.namespace, ownerKind: row.kind, owner: row.name }, 'all')), decisions.node),
    h('section', { class: 'panel' }, h('h2', {}, 'Exemptions'), exemptions.node),
  ];
}

/** What is not known to run may have been asked for all the same. */
function unknown(ctx) {
  const row = ctx.pick(['cluster', 'namespace', 'kind', 'name']);
  return h('section', { class: 'panel' }, h('h1', { tabindex: '-1' }, `${row.kind || ''} ${row.name || ''}`),
    h('p', {}, 'It is not known to run: the background scan has not seen it, or it is gone.'),
    h('p', {}, link('/decisions', { namespace: row.namespace, ownerKind: row.kind, owner: row.name }, 'What was decided about it')));
}

export async function render(ctx) {
  let answer;
  try {
    answer = await get('workload', ctx.pick(['cluster', 'namespace', 'kind', 'name']), ctx.signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return unknown(ctx);
    throw error;
  }
  const row = answer.workload;
  const counting = row.findings.filter(each => !each.exemption);
  const checks = [...new Set(counting.map(each => each.check))].join(',');
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, `${row.kind} ${row.name} `, badge(verdict(counting))),
      h('div', { class: 'side no-print' },
        counting.length ? h('a', { class: 'button', href: `/exemptions?${new URLSearchParams({ ...named(row), checks, new: 'true' })}` }, 'Make an exemption') : null,
        h('button', { type: 'button', class: 'small', on: { click: () => window.print() } }, 'Print'))),
    h('section', { class: 'panel' }, facts([
      ['Cluster', row.cluster], ['Namespace', row.namespace ? link('/workloads', { namespace: row.namespace }, row.namespace) : ''],
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
