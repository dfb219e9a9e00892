import { get } from '../api.js';
import { h } from '../dom.js';
import { filters, MODES, SEVERITIES } from '../filters.js';
import { badge, number, severity } from '../format.js';
import { checkLink } from '../links.js';
import { listing } from '../table.js';

export const title = 'Checks';

const MODE_ORDER = ['enforce', 'warn', 'audit', 'off'];

const COLUMNS = [
  { id: 'check', label: 'Check', sort: row => row.id, cell: row => [checkLink(row.id), h('span', { class: 'sub' }, row.title)] },
  { id: 'mode', label: 'Mode', sort: row => MODE_ORDER.indexOf(row.mode), cell: row => badge(row.mode) },
  { id: 'severity', label: 'Severity', sort: row => SEVERITIES.indexOf(row.severity), cell: row => severity(row.severity) },
  { id: 'workloads', label: 'Workloads', number: true, sort: row => row.workloads, cell: row => (row.workloads ? number(row.workloads) : h('span', { class: 'muted' }, '0')) },
  { id: 'category', label: 'Category', sort: row => row.category, cell: row => row.category },
  { label: 'Profiles or policies', cell: row => [...row.profiles, ...row.rules.map(each => each.policy)].join(', ') },
];

export async function render(ctx) {
  const { checks } = await get('checks', {}, ctx.signal);
  const searched = ctx.is('text').toLowerCase();
  const rows = checks.filter(row => (!ctx.is('mode') || row.mode === ctx.is('mode'))
    && (!ctx.is('severity') || row.severity === ctx.is('severity'))
    && (!ctx.is('category') || row.category === ctx.is('category'))
    && (!ctx.is('profile') || row.profiles.includes(ctx.is('profile')))
    && (ctx.is('failing') !== 'true' || row.workloads > 0)
    && `${row.id} ${row.title} ${row.why} ${row.references.join(' ')} ${row.rules.map(each => `${each.policy} ${each.message}`).join(' ')}`.toLowerCase().includes(searched));
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Checks')),
    filters(ctx, [
      { name: 'text', label: 'Search', wide: true },
      { name: 'mode', label: 'Mode', options: [...MODES, ['off', 'off']] },
      { name: 'severity', label: 'Severity', options: SEVERITIES },
      { name: 'category', label: 'Category', options: [...new Set(checks.map(row => row.category))] },
      { name: 'profile', label: 'Profile', options: ['baseline', 'restricted', 'hardened'] },
      { name: 'failing', label: 'Workloads', any: 'all', options: [['true', 'failing']] },
    ]),
    listing({ ctx, caption: 'Checks of the catalogue, and rules of policies', columns: COLUMNS, rows, next: null, empty: 'No check is like that.' }).node);
}
