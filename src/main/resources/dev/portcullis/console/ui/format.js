// How times, numbers and words look.
import { h, sign } from './dom.js';

const WHOLE = new Intl.NumberFormat('en');
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const STEPS = [['d', 86400], ['h', 3600], ['min', 60]];

export const number = value => WHOLE.format(value || 0);

/** One of several, with its number. */
export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

/** In full, in the reader's own time. */
export const moment = iso => (iso ? TIME.format(new Date(iso)) : '');

/** From now, in the largest unit that says something. */
export function distance(iso) {
  const seconds = Math.round((Date.parse(iso) - Date.now()) / 1000);
  const [unit, size] = STEPS.find(step => Math.abs(seconds) >= step[1]) || ['s', 1];
  const amount = Math.floor(Math.abs(seconds) / size);
  const text = `${number(amount)} ${unit}`;
  if (amount === 0) return 'now';
  return seconds < 0 ? `${text} ago` : `in ${text}`;
}

/** A moment by its distance; the moment itself on asking. */
export function when(iso) {
  return iso ? h('time', { datetime: iso, title: moment(iso) }, distance(iso)) : '';
}

/** Tells every distance that is shown anew. */
export function tick() {
  for (const each of document.querySelectorAll('time[datetime]')) {
    const told = distance(each.dateTime);
    if (each.textContent !== told) each.textContent = told;
  }
}

/** Microseconds, readable. */
export function duration(micros) {
  if (micros < 1000) return `${micros} µs`;
  return micros < 1000000 ? `${(micros / 1000).toFixed(micros < 10000 ? 1 : 0)} ms` : `${(micros / 1000000).toFixed(1)} s`;
}

const TONES = {
  deny: 'deny', enforce: 'deny', critical: 'deny', unusable: 'deny', error: 'deny',
  warn: 'warn', high: 'warn', 'last-good': 'warn',
  allow: 'allow', 'in-force': 'allow', counts: 'allow',
  audit: 'audit',
};
const WORDS = { enforce: 'deny', 'in-force': 'in force', 'last-good': 'last good version' };

/** A word with a sign and a colour, of which the word alone would do. */
export function badge(word, tone = TONES[word] || 'none') {
  return h('span', { class: `badge ${tone}` }, sign(tone), WORDS[word] || word);
}

/** How bad something is; the colour is that of no verdict. */
export const severity = level => h('span', { class: `severity ${level}` }, level);

/** A JSON value on one line. */
export const inline = value => JSON.stringify(value);

/** Where a workload or an object is. */
export function place(row) {
  return [row.cluster, row.namespace].filter(Boolean).join(' / ');
}
