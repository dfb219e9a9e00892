import { get, me, post, url } from '../api.js';
import { h, say } from '../dom.js';
import { badge, number, when } from '../format.js';
import { link } from '../links.js';
import { listing } from '../table.js';

export const title = 'Settings';

const HOUR = 3600;

/** What it is told of, in words; empty where that is everything. */
function told(row) {
  const words = [
    row.modes.join(', '),
    row.severity ? `${row.severity} or worse` : '',
    row.checks.length ? `checks: ${row.checks.join(', ')}` : '',
    row.namespaces.length ? `in ${row.namespaces.join(', ')}` : '',
    row.excludeNamespaces.length ? `not in ${row.excludeNamespaces.join(', ')}` : '',
    row.sources.length ? `from ${row.sources.join(', ')}` : '',
  ];
  return words.filter(Boolean).join('; ');
}

function often(row) {
  if (row.schedule) return [row.schedule, h('span', { class: 'sub' }, 'next ', when(row.next))];
  if (row.kind === 'alertmanager') return 'while it lasts';
  return row.quietSeconds >= HOUR ? `the same again after ${number(row.quietSeconds / HOUR)} h` : `the same again after ${number(row.quietSeconds / 60)} min`;
}

function state(row) {
  const failing = row.failedAt && (!row.succeededAt || row.failedAt > row.succeededAt);
  if (failing) return [badge('failing', 'deny'), h('span', { class: 'sub' }, when(row.failedAt), ': ', row.failure)];
  if (row.succeededAt) return [badge('taken', 'allow'), h('span', { class: 'sub' }, when(row.succeededAt))];
  return h('span', { class: 'muted' }, 'nothing sent yet');
}

function tester(row, admin) {
  if (!admin) return '';
  const answer = h('span', { class: 'sub', id: `answer-${row.name}`, role: 'status' });
  const button = h('button', { type: 'button', class: 'small', id: `test-${row.name}`, 'aria-label': `Send a test to ${row.name}`, on: { click: test } }, 'Send a test');
  async function test() {
    button.disabled = true;
    answer.textContent = 'Sending…';
    try {
      const result = await post(url('/api/v1/settings/test', { target: row.name }), '', 'application/json');
      answer.replaceChildren(h('span', {}, result.sent ? 'It was taken.' : `Not sent: ${result.why}`));
    } catch (error) {
      answer.replaceChildren(h('span', {}, `Not sent: ${error.message}`));
    }
    say(answer.textContent);
    button.disabled = false;
  }
  return [button, answer];
}

const columns = admin => [
  { id: 'name', label: 'Target', sort: row => row.name, cell: row => [row.name, h('span', { class: 'sub' }, `${row.kind}: ${row.address}`)] },
  { label: 'Told of', cell: told },
  { label: 'How often', cell: often },
  { label: 'State', cell: state },
  { label: 'Waiting', number: true, cell: row => number(row.waiting) },
  { label: 'Lost', number: true, cell: row => number(row.lost) },
  { label: 'Test', cell: row => tester(row, admin) },
];

const LOGINS = [
  { label: 'Way', cell: row => row.way },
  { label: 'About', cell: row => row.about },
];

export async function render(ctx) {
  const [settings, person] = await Promise.all([get('settings', {}, ctx.signal), me()]);
  const admin = person !== null && person.role === 'admin';
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Settings'), link('/audit', {}, 'What was done here, and by whom')),
    h('h2', {}, 'Notifications'),
    listing({
      ctx, caption: 'Targets of notifications', columns: columns(admin), rows: settings.targets, next: null,
      empty: 'Nobody is told yet: portcullis.notifications.targets names whom to tell.',
    }).node,
    h('h2', {}, 'Logins'),
    listing({ ctx, caption: 'Ways to log in', columns: LOGINS, rows: settings.logins, next: null, empty: 'There are none.' }).node,
    h('p', { class: 'muted' }, 'These are properties of the server: it reads them when it starts.'));
}
