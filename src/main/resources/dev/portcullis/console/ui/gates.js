// How the gates do.
import { h } from './dom.js';
import { badge, count, duration, number, when } from './format.js';
import { link } from './links.js';
import { listing } from './table.js';

/** Rows that have room on a page of other things; those with a problem come first. */
const SHOWN = 12;
const WORDS = { silent: 'silent', certificate: 'certificate ends soon', policies: 'other policies' };

const took = micros => (micros === null ? h('span', { class: 'muted' }, '–') : duration(micros));

const COLUMNS = [
  { label: 'Gate', cell: row => [row.instance, h('span', { class: 'sub' }, row.version ? `${row.cluster} · ${row.version}` : row.cluster)] },
  { label: 'State', cell: row => (row.problems.length ? row.problems.map(each => badge(WORDS[each], each === 'silent' ? 'deny' : 'warn')) : badge('well', 'allow')) },
  { label: 'Policies', cell: row => row.policies || '' },
  { label: 'Certificate ends', cell: row => when(row.certificateEnds) },
  { label: 'Median', number: true, cell: row => took(row.p50Micros) },
  { label: '99 %', number: true, cell: row => took(row.p99Micros) },
  { label: 'Waiting', number: true, cell: row => number(row.waiting) },
  { label: 'Lost', number: true, cell: row => number(row.lost) },
  { label: 'Heard', cell: row => when(row.heardAt) },
];

const has = (gates, problem) => gates.filter(each => each.problems.includes(problem));

/** What is wrong, in a sentence each. */
function warnings(gates) {
  const silent = has(gates, 'silent');
  const ending = has(gates, 'certificate');
  const differing = [...new Set(has(gates, 'policies').map(each => each.policies))];
  return [
    silent.length ? `${count(silent.length, 'gate')} fell silent: ${names(silent)}. Look whether it runs, and whether it reaches the console.` : null,
    ending.length ? `The certificate of ${count(ending.length, 'gate')} ends within 14 days: ${names(ending)}. Renew it.` : null,
    differing.length ? `Gates of one cluster decide by different policies: ${differing.slice(0, 4).join(' and ')}. Where that lasts for more than a minute, look at what they log.` : null,
  ].filter(Boolean);
}

const names = gates => gates.slice(0, 4).map(each => each.instance).join(', ') + (gates.length > 4 ? ` and ${gates.length - 4} more` : '');

/** A table of them; nothing where none is known. */
export function gatePanel(ctx, gates) {
  if (gates.length === 0) return null;
  const sorted = [...gates].sort((left, right) => right.problems.length - left.problems.length);
  const told = warnings(gates);
  return h('section', { class: `panel below ${told.length ? 'note' : ''}`, id: 'gates' },
    h('h2', {}, 'Gates', gates.length > SHOWN ? h('span', { class: 'muted' }, `${SHOWN} of ${number(gates.length)}, those with a problem first`) : null),
    told.map(each => h('p', {}, each)),
    listing({ ctx: { ...ctx, is: () => '', note: () => {} }, caption: 'Gates', columns: COLUMNS, rows: sorted.slice(0, SHOWN), next: null, empty: 'None is known.' }).node);
}

/** How fast the latest decisions were made. */
function pace(decisions) {
  const times = decisions.map(each => each.micros).sort((left, right) => left - right);
  const at = part => times[Math.min(times.length - 1, Math.floor(times.length * part))];
  return times.length
    ? [duration(at(0.5)), `median of the last ${count(times.length, 'decision')}; 99 % within ${duration(at(0.99))}`]
    : ['–', 'nothing was decided yet'];
}

function replicas(gates) {
  const wrong = gates.filter(each => each.problems.length).length;
  return h('p', {}, h('a', { href: '#gates' }, count(gates.length, 'gate')), wrong ? `, ${number(wrong)} with a problem` : ', all well');
}

/** The gates in short. */
export function gateTile(gates, decisions, policies) {
  const [median, about] = pace(decisions);
  const problem = policies.problem || policies.policies.find(each => each.problem)?.problem;
  return h('section', { class: 'tile' }, h('h2', {}, 'Gate'),
    h('div', { class: 'big' }, median),
    h('p', {}, about),
    gates.length ? replicas(gates) : null,
    h('p', {}, 'policies ', link('/policies', {}, policies.version), problem ? ' – with a problem' : ''),
    decisions.length ? h('p', {}, 'last decision ', when(decisions[0].at)) : null);
}
