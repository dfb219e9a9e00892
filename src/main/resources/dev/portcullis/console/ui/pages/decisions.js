import { get } from '../api.js';
import { COLUMNS, detail, subject } from '../decisions.js';
import { h, say } from '../dom.js';
import { exports, filters, MODES, OUTCOMES, SEVERITIES } from '../filters.js';
import { checks, places } from '../known.js';
import { listing } from '../table.js';

export const title = 'Decisions';

const NAMES = ['outcome', 'namespace', 'owner', 'ownerKind', 'user', 'kind', 'name', 'check', 'severity', 'mode', 'source', 'cluster', 'uid', 'from', 'to', 'text'];
const ON_A_PAGE = 50;
const MOST_LIVE = 500;
/** What a filter compares, where it is not called the same. */
const COMPARED = { owner: 'ownerName', user: 'username' };
const OF_FINDINGS = { check: 'check', severity: 'severity', mode: 'mode' };

function fields(ids, where) {
  return [
    { name: 'text', label: 'Search', wide: true },
    { name: 'outcome', label: 'Outcome', options: OUTCOMES },
    { name: 'namespace', label: 'Namespace', known: where.namespaces },
    { name: 'owner', label: 'Owner' },
    { name: 'user', label: 'User' },
    { name: 'check', label: 'Check', known: ids },
    { name: 'from', label: 'From', moment: true, more: true },
    { name: 'to', label: 'To', moment: true, more: true },
    { name: 'severity', label: 'Severity', options: SEVERITIES, more: true },
    { name: 'mode', label: 'Finding', options: MODES, more: true },
    { name: 'kind', label: 'Kind', more: true },
    { name: 'name', label: 'Name', more: true },
    { name: 'ownerKind', label: 'Kind of owner', more: true },
    { name: 'cluster', label: 'Cluster', known: where.clusters, more: true },
    { name: 'source', label: 'Asked by', options: ['admission', 'container', 'docker'], more: true },
    { name: 'uid', label: 'Request', more: true },
  ];
}

/** Whether the filters ask for a decision that was just made. */
export function asked(query, row) {
  const counting = row.findings.filter(each => !each.exemption);
  for (const [name, value] of query) {
    if (value === '' || !NAMES.includes(name)) continue;
    if (name === 'text') {
      if (!JSON.stringify([row.name, row.ownerName, row.message, row.findings]).toLowerCase().includes(value.toLowerCase())) return false;
    } else if (name === 'from' || name === 'to') {
      if (name === 'from' ? row.at < value : row.at >= value) return false;
    } else if (OF_FINDINGS[name]) {
      if (!counting.some(each => each[OF_FINDINGS[name]] === value)) return false;
    } else if ((row[COMPARED[name] || name] ?? '') !== value) {
      return false;
    }
  }
  return true;
}

/** Shows those that were made before the stream was open, or while it was broken; all anew where they are too many. */
async function catchUp(ctx, list, page) {
  const last = list.largest() ?? 0;
  const rows = [];
  let cursor = null;
  do {
    const { decisions, next } = await page(cursor);
    rows.push(...decisions.filter(row => row.seq > last));
    cursor = last > 0 && decisions.at(-1)?.seq > last ? next : null;
  } while (cursor && rows.length < MOST_LIVE);
  if (cursor) ctx.set({});
  else rows.forEach(row => list.insert(row, MOST_LIVE));
}

function follow(ctx, list, state, page) {
  const add = row => {
    list.insert(row, MOST_LIVE);
    state.textContent = `Live: ${row.outcome}, ${subject(row)}`;
  };

  const source = new EventSource('/api/v1/decisions/stream');
  source.addEventListener('open', () => {
    state.textContent = 'Live: waiting for decisions';
    catchUp(ctx, list, page).catch(() => { /* what is made from now on is shown all the same */ });
  });
  source.addEventListener('decision', event => {
    const row = JSON.parse(event.data);
    if (asked(ctx.query, row)) add(row);
  });
  source.addEventListener('missed', event => { state.textContent = `Live: ${event.data} decisions came too fast to show`; });
  source.addEventListener('error', () => {
    const over = source.readyState === EventSource.CLOSED;
    state.textContent = over ? 'Live: the server refuses; follow again in a while' : 'Live: the connection is lost; trying again';
    // A session that has ended leads to the login, as it does on every page.
    if (over) get('me', {}, ctx.signal).catch(error => error.status === 401 && ctx.set({}));
  });
  ctx.signal.addEventListener('abort', () => source.close(), { once: true });
}

export async function render(ctx) {
  const parameters = ctx.pick(NAMES);
  const page = cursor => get('decisions', { ...parameters, limit: ON_A_PAGE, cursor }, ctx.signal);
  const first = await page(null);
  const list = listing({
    ctx, caption: 'Decisions, the latest first', columns: COLUMNS, rows: first.decisions, next: first.next, detail,
    key: row => row.seq, label: row => `Details of ${subject(row)}`, open: () => Boolean(ctx.is('uid')),
    more: async cursor => { const answer = await page(cursor); return { rows: answer.decisions, next: answer.next }; },
    empty: 'No decision is like that.',
  });
  const live = ctx.is('live') === 'true';
  const state = h('span', { class: 'muted', id: 'live-state' }, live ? 'Live: connecting' : '');
  const toggle = h('a', { class: 'button', id: 'live', href: ctx.address({ live: live ? null : 'true' }) }, live ? 'Stop following' : 'Follow live');
  if (live) {
    follow(ctx, list, state, page);
    say('New decisions are shown as they are made');
  }
  const known = new URLSearchParams(ctx.used(NAMES));
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Decisions'),
      h('div', { class: 'side' }, state, toggle, exports('/api/v1/decisions/export', known))),
    filters(ctx, fields(checks(ctx.signal), places(ctx.signal))),
    list.node);
}
