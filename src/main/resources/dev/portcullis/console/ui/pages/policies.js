import { get, me } from '../api.js';
import { h } from '../dom.js';
import { badge, number } from '../format.js';
import { listing } from '../table.js';
import { versions } from '../versions.js';

export const title = 'Policies';

const ORDER = ['enforce', 'warn', 'audit', 'off'];

function modes(row) {
  return ORDER.filter(mode => row.checks?.[mode]).map(mode => h('span', { class: 'sub' }, `${number(row.checks[mode])} ${mode === 'enforce' ? 'deny' : mode}`));
}

const COLUMNS = [
  { id: 'name', label: 'Policy', sort: row => row.name, cell: row => [row.name, h('span', { class: 'sub' }, row.source)] },
  { id: 'status', label: 'Status', sort: row => row.status, cell: row => [badge(row.status), row.problem ? h('span', { class: 'sub' }, row.problem) : ''] },
  { id: 'platforms', label: 'Platforms', sort: row => row.platforms.join(), cell: row => row.platforms.join(', ') || 'all' },
  { id: 'profile', label: 'Profile', sort: row => row.profile, cell: row => [row.profile || '', h('span', { class: 'sub' }, row.version || '')] },
  { id: 'mode', label: 'Strictest', sort: row => ORDER.indexOf(row.mode), cell: row => (row.mode ? badge(row.mode) : '') },
  { label: 'Checks', cell: modes },
];

export async function render(ctx) {
  const page = cursor => get('policies', { limit: 100, cursor }, ctx.signal);
  const [first, history] = await Promise.all([page(null), me().then(known => (known?.namespaces ? null : versions(ctx)))]);
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Policies'), h('p', { class: 'muted' }, 'Version in force: ', h('code', {}, first.version))),
    first.problem ? h('section', { class: 'panel problem', role: 'alert' }, h('p', {}, first.problem)) : null,
    listing({
      ctx, caption: 'Policies', columns: COLUMNS, rows: first.policies, next: first.next,
      more: async cursor => { const answer = await page(cursor); return { rows: answer.policies, next: answer.next }; }, empty: 'There are none.',
    }).node,
    history);
}
