import { boards, get } from '../api.js';
import { h } from '../dom.js';
import { exports } from '../filters.js';
import { count } from '../format.js';
import { link } from '../links.js';
import { failing, heat, posture, severities, tile } from '../standing.js';
import { facts, listing } from '../table.js';
import { COLUMNS } from './workloads.js';

export const title = 'Boards';
export const refresh = 30;

const ON_A_PAGE = 50;

const path = board => `/boards/${board.name}`;

/** What it is narrowed to. */
function filters(board) {
  return [
    ['Cluster', board.cluster ?? ''], ['Namespaces', board.namespaces.join(', ')], ['Kinds', board.kinds.join(', ')],
    ['Checks', board.checks.join(', ')], ['Severities', board.severities.join(', ')],
  ];
}

function all(ctx, known) {
  const columns = [
    { label: 'Board', cell: row => link(path(row), {}, row.title) },
    { label: 'Narrowed to', cell: row => filters(row).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`).join('; ') || 'nothing' },
  ];
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Boards')),
    listing({ ctx, caption: 'Boards', columns, rows: known, next: null, empty: 'There is none for you: portcullis.console.boards names them.' }).node);
}

export async function render(ctx) {
  const known = await boards();
  const name = location.pathname.slice('/boards/'.length);
  const board = known.find(each => each.name === name);
  if (!board) return all(ctx, known);
  const within = { board: board.name };
  const page = async cursor => {
    const { workloads, next } = await get('workloads', { ...within, sort: '-severity', limit: ON_A_PAGE, cursor }, ctx.signal);
    return { rows: workloads, next };
  };
  const [summary, first] = await Promise.all([get('summary', within, ctx.signal), page(null)]);
  const findings = summary.checks.reduce((sum, each) => sum + each.findings, 0);
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, board.title), exports('/api/v1/results/export', new URLSearchParams(within))),
    facts(filters(board)),
    h('div', { class: 'tiles' },
      posture(summary.namespaces, [], within),
      tile('Findings', link('/results', within, `${findings}`), '', `by ${count(new Set(summary.checks.map(each => each.check)).size, 'check')}`)),
    h('div', { class: 'columns' },
      h('div', { class: 'stack' }, failing(summary.checks), severities(summary.checks, within)),
      h('div', { class: 'stack' }, heat(summary.namespaces, within))),
    h('h2', {}, 'Workloads', ' ', link('/workloads', within, 'filter')),
    listing({
      ctx, caption: `Workloads of ${board.title}`, columns: COLUMNS.map(each => ({ ...each, id: null })), rows: first.rows, next: first.next, more: page,
      empty: 'No workload is like that.',
    }).node);
}
