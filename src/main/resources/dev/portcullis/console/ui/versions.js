// The versions of the policies that were in force, and what is different between two.
import { get } from './api.js';
import { copyButton, h } from './dom.js';
import { count, when } from './format.js';
import { checkLink } from './links.js';
import { listing } from './table.js';

function diffLine(text) {
  const tone = text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : null;
  return h('div', { class: tone }, text || ' ');
}

function difference(diff) {
  const told = diff.changes.length === 0
    ? h('p', {}, 'They ask the same.')
    : h('ul', { class: 'changes' }, diff.changes.map(each => h('li', {}, each.of, each.check ? [', ', checkLink(each.check)] : '', ': ', each.sentence)));
  return h('section', { class: 'panel', id: 'difference' },
    h('h2', {}, `From ${diff.from} to ${diff.to}: ${count(diff.changes.length, 'change')}`), told,
    diff.text ? h('details', { id: 'difference-text', open: true }, h('summary', {}, 'Documents'),
      h('div', { class: 'diff', tabindex: '0', role: 'region', 'aria-label': 'Documents, line by line' }, diff.text.trimEnd().split('\n').map(diffLine))) : null,
    diff.complete ? null : h('p', { class: 'muted' }, 'Something was too long to compare or to tell.'));
}

function documents(one) {
  const kept = one.documents
    ? [copyButton('Copy YAML', one.documents), h('pre', { tabindex: '0', 'aria-label': `Documents of ${one.version}` }, one.documents)]
    : h('p', {}, one.whole ? 'It has none: it is built in.' : 'They are over 4 MiB, and were not kept.');
  return h('section', { class: 'panel', id: 'documents' }, h('h2', {}, `Documents of ${one.version}`), kept);
}

/** The part of a page about versions; what is compared and what is read stand in its address. */
export async function versions(ctx) {
  const [from, to] = [ctx.is('from'), ctx.is('to')];
  const read = ctx.is('version');
  const [{ versions: all }, diff, one] = await Promise.all([
    get('policies/versions', {}, ctx.signal), from && to ? get('policies/diff', { from, to }, ctx.signal) : null,
    read ? get('policies/version', { version: read }, ctx.signal) : null]);
  const choice = (id, label, picked) => h('label', { for: id }, label,
    h('select', { id }, all.map(each => h('option', { value: each.version, selected: each.version === picked }, each.version))));
  const compare = event => {
    event.preventDefault();
    ctx.set({ from: document.getElementById('from').value, to: document.getElementById('to').value });
  };
  const columns = [
    { label: 'Version', cell: row => h('a', { href: ctx.address({ version: row.version }) }, h('code', {}, row.version)) },
    { label: 'First in force', cell: row => when(row.firstAt) },
    { label: 'Last in force', cell: row => when(row.lastAt) },
    { label: 'From', cell: row => row.source },
  ];
  return h('section', { id: 'versions' }, h('h2', {}, 'Versions'),
    all.length > 1 ? h('form', { class: 'filters no-print', on: { submit: compare } },
      choice('from', 'From', from || all[1].version), choice('to', 'To', to || all[0].version),
      h('button', { type: 'submit', id: 'compare' }, 'Compare')) : null,
    diff ? difference(diff) : null,
    one ? documents(one) : null,
    listing({ ctx, caption: 'Versions that were in force, the latest first', columns, rows: all, next: null, empty: 'None is kept yet.' }).node);
}
