// Exemptions, as several pages show them.
import { h } from './dom.js';
import { badge, number, when } from './format.js';
import { checkLink, link } from './links.js';

const SOON = 14 * 86400 * 1000;

function state(row) {
  if (!row.counts) return badge('void', 'deny');
  if (row.expiresAt && Date.parse(row.expiresAt) - Date.now() < SOON) return badge('ends soon', 'warn');
  return badge('in force', 'allow');
}

function subject(row) {
  if (!row.subject) return '';
  const { namespace, kind, name, containers } = row.subject;
  return [link('/workload', { namespace, kind, name }, `${kind} ${name}`),
    h('span', { class: 'sub' }, [namespace, containers.length ? `containers ${containers.join(', ')}` : ''].filter(Boolean).join(' · '))];
}

/** The columns of a list of them. */
export const COLUMNS = [
  { id: 'name', label: 'Exemption', sort: row => row.name, cell: row => [row.name, h('span', { class: 'sub' }, row.namespace || '')] },
  { id: 'state', label: 'State', sort: row => String(row.counts), cell: row => [state(row), row.problem ? h('span', { class: 'sub' }, row.problem) : ''] },
  { id: 'subject', label: 'Of', sort: row => row.subject?.name, cell: subject },
  { label: 'Checks', cell: row => (row.checks || []).flatMap((id, i) => (i ? [', ', checkLink(id)] : [checkLink(id)])) },
  { id: 'owner', label: 'Owner', sort: row => row.owner, cell: row => [row.owner || '', h('span', { class: 'sub' }, row.reason || '')] },
  { id: 'ends', label: 'Ends', sort: row => row.expiresAt, cell: row => when(row.expiresAt) },
  { id: 'uses', label: 'Used', number: true, sort: row => row.uses + row.workloads, cell: row => (row.uses + row.workloads ? [number(row.workloads), h('span', { class: 'sub' }, `${number(row.uses)} at the gate`)] : h('span', { class: 'muted' }, 'unused')) },
];
