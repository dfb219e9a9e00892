import { get } from '../api.js';
import { h } from '../dom.js';
import { moment, when } from '../format.js';
import { exports, filters } from '../filters.js';
import { listing } from '../table.js';

export const title = 'Audit';

const NAMES = ['user', 'action', 'from', 'to'];
const ACTIONS = ['login', 'logout', 'refusal', 'change', 'lost'];
const ON_A_PAGE = 100;

const COLUMNS = [
  { label: 'Time', cell: row => [when(row.at), h('span', { class: 'sub' }, moment(row.at))] },
  { label: 'Who', cell: row => [row.user ?? h('span', { class: 'muted' }, 'unknown'), h('span', { class: 'sub' }, [row.way, row.address].filter(Boolean).join(', '))] },
  { label: 'Action', cell: row => row.action },
  { label: 'Of what', cell: row => (row.route ? [row.route, h('span', { class: 'sub' }, row.target ?? '')] : '') },
  { label: 'Result', cell: row => row.result },
];

export async function render(ctx) {
  const parameters = ctx.pick(NAMES);
  const page = async cursor => {
    const { entries, next } = await get('audit', { ...parameters, limit: ON_A_PAGE, cursor }, ctx.signal);
    return { rows: entries, next };
  };
  const first = await page(null);
  const used = new URLSearchParams(ctx.used(NAMES));
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Audit'), exports('/api/v1/audit/export', used)),
    filters(ctx, [
      { name: 'user', label: 'Who' },
      { name: 'action', label: 'Action', options: ACTIONS },
      { name: 'from', label: 'From', moment: true },
      { name: 'to', label: 'To', moment: true },
    ]),
    listing({
      ctx, caption: 'What was done at the console, the latest first', columns: COLUMNS, rows: first.rows, next: first.next, more: page,
      empty: NAMES.some(ctx.is) ? 'Nothing like that was done.' : 'Nothing was done yet.',
    }).node);
}
