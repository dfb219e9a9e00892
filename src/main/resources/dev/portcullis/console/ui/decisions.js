// Decisions, as several pages show them.
import { h } from './dom.js';
import { badge, count, duration, moment, place, when } from './format.js';
import { checkLink, link } from './links.js';
import { facts } from './table.js';
import { findingCard } from './finding.js';
import { replay } from './replay.js';

/** What was asked for, in few words. */
export function subject(row) {
  const what = [row.kind, row.name || (row.ownerName ? `of ${row.ownerName}` : '')].filter(Boolean).join(' ');
  return what || row.operation;
}

/** The checks that spoke against it. */
export function checks(row) {
  const ids = [...new Set(row.findings.filter(each => !each.exemption).map(each => each.check))];
  const shown = ids.slice(0, 3).flatMap((id, i) => (i === 0 ? [checkLink(id)] : [', ', checkLink(id)]));
  return ids.length > 3 ? [...shown, ` and ${ids.length - 3} more`] : shown;
}

/** Everything that is known of one. */
export function detail(row) {
  const owner = row.ownerName
    ? link('/workload', { cluster: row.cluster, namespace: row.namespace, kind: row.ownerKind, name: row.ownerName }, `${row.ownerKind} ${row.ownerName}`)
    : '';
  return h('div', { class: 'stack' },
    facts([
      ['Decided', moment(row.at)], ['Operation', row.operation], ['User', row.username], ['Owner', owner],
      ['Cluster', row.cluster], ['Asked by', row.source], ['Took', duration(row.micros)], ['Policies', row.policies],
      ['Request', link('/decisions', { uid: row.uid }, row.uid)], ['Number', row.seq], ['Message', row.message],
    ]),
    row.findings.length === 0
      ? h('p', { class: 'muted' }, 'Nothing was found.')
      : h('div', { class: 'findings' }, row.findings.map(each => findingCard(each))),
    replay(row));
}

/** The columns of a list of them. */
export const COLUMNS = [
  { id: 'at', label: 'When', sort: row => row.at, cell: row => when(row.at) },
  { id: 'outcome', label: 'Outcome', sort: row => row.outcome, cell: row => badge(row.outcome) },
  { id: 'subject', label: 'What', sort: subject, cell: row => [subject(row), h('span', { class: 'sub' }, place(row))] },
  { id: 'operation', label: 'Operation', sort: row => row.operation, cell: row => row.operation },
  { id: 'user', label: 'User', sort: row => row.username, cell: row => row.username || '' },
  { id: 'checks', label: 'Checks', sort: row => row.findings.length, cell: row => (row.findings.length ? checks(row) : h('span', { class: 'muted' }, 'none')) },
];

/** A decision on one line of a list. */
export function line(row) {
  return h('li', {},
    h('span', {}, badge(row.outcome), ' ', link('/decisions', { uid: row.uid }, subject(row)), ' ', h('span', { class: 'muted' }, place(row))),
    when(row.at),
    h('span', { class: 'line muted' }, row.findings.length ? [count(row.findings.length, 'finding'), ': ', checks(row)] : 'nothing found'));
}
