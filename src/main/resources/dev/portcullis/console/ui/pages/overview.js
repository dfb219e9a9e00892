import { get, me } from '../api.js';
import { bars } from '../chart.js';
import { line } from '../decisions.js';
import { h } from '../dom.js';
import { count, moment, number } from '../format.js';
import { gatePanel, gateTile } from '../gates.js';
import { link } from '../links.js';
import { stood } from '../posture.js';
import { failing, heat, posture, severities, tile } from '../standing.js';

export const title = 'Overview';
export const refresh = 30;

const HOUR = 3600;
const RANGES = { '24h': { hours: 24, step: 1 }, '7d': { hours: 168, step: 6 }, '30d': { hours: 720, step: 24 } };
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
/** Namespaces that have room beside the chart. */
const BESIDE = 10;
/** Decisions of which the times are told. */
const TIMED = 200;

function since(hours) {
  return new Date(Date.now() - hours * HOUR * 1000).toISOString();
}

const sum = (hours, outcome) => hours.reduce((total, hour) => total + hour[outcome], 0);

/** When equal times begin, seconds since the epoch. */
function times(range) {
  const step = range.step * HOUR;
  const last = Math.floor(Date.now() / 1000 / step) * step;
  const number = Math.ceil(range.hours / range.step);
  return Array.from({ length: number }, (_, i) => last - (number - 1 - i) * step);
}

/** Counts of equal times, those without anything too. */
function slots(hours, times, step) {
  const of = outcome => {
    const values = times.map(() => 0);
    for (const hour of hours) {
      const at = Math.floor((Date.parse(hour.begins) / 1000 - times[0]) / step);
      if (at >= 0 && at < times.length) values[at] += hour[outcome];
    }
    return values;
  };
  return { deny: of('deny'), warn: of('warn') };
}

function trendNote(now, before) {
  if (before === 0) return 'none in the 24 hours before';
  return `${number(before)} in the 24 hours before`;
}

function ranges(ctx, current) {
  return h('span', { class: 'ranges' }, Object.keys(RANGES).map(name =>
    h('a', { href: ctx.address({ range: name }), id: `range-${name}`, 'aria-current': name === current ? 'true' : null }, name)));
}

const shown = seconds => moment(new Date(seconds * 1000).toISOString());
const ticks = range => seconds => (range.step < 6 ? CLOCK : DAY).format(new Date(seconds * 1000));

async function overTime(ctx, name, trend) {
  const range = RANGES[name];
  const at = times(range);
  const { deny, warn } = slots(trend.hours, at, range.step * HOUR);
  const title = `Denials and warnings, last ${name}: ${number(sum(trend.hours, 'deny'))} denied, ${number(sum(trend.hours, 'warn'))} with warnings`;
  return h('section', { class: 'panel' },
    h('h2', {}, 'Denials and warnings', ranges(ctx, name)),
    await bars('over-time', title, at, [
      { label: 'Denied', colour: 'deny-fill', values: deny }, { label: 'Warned', colour: 'warn-fill', values: warn },
    ], shown, ticks(range), ctx.signal));
}

async function postureOverTime(ctx, name, points) {
  const range = RANGES[name];
  const at = times(range);
  const { deny, warn, clean, score, first, last } = stood(points, at, range.step * HOUR);
  const title = first === null ? `Posture, last ${name}: nothing is known yet` : `Posture, last ${name}: from ${first} % to ${last} % that would be let in`;
  return h('section', { class: 'panel' },
    h('h2', {}, 'Posture over time', first === null ? null : h('span', { class: 'muted' }, `${first} % → ${last} %`)),
    first === null
      ? h('p', { class: 'muted' }, 'It is written down hour by hour, once anything is known to run.')
      : await bars('posture-over-time', title, at, [
        { label: 'Would be denied', colour: 'deny-fill', values: deny }, { label: 'With warnings', colour: 'warn-fill', values: warn },
        { label: 'Clean', colour: 'allow-fill', values: clean },
      ], shown, ticks(range), ctx.signal, { states: true, more: [{ label: 'Let in', at: i => score[i] }] }));
}

function latest(decisions) {
  return h('section', { class: 'panel' },
    h('h2', {}, 'Latest denials', link('/decisions', { outcome: 'deny' }, 'all')),
    decisions.length === 0
      ? h('p', { class: 'muted' }, 'Nothing was denied.')
      : h('ul', { class: 'feed' }, decisions.map(line)));
}

function outage(outages) {
  const last = outages[0];
  if (!last) return null;
  return h('section', { class: 'panel note' }, h('p', {}, `Nobody decided for ${distanceOf(last)} until ${moment(last.ended)}; `,
    link('/denials', {}, `${count(last.entered.length, 'workload')} entered meanwhile`), '.'));
}

function distanceOf(outage) {
  const minutes = Math.round((Date.parse(outage.ended) - Date.parse(outage.began)) / 60000);
  return count(Math.max(1, minutes), 'minute');
}

export async function render(ctx) {
  const name = RANGES[ctx.is('range')] ? ctx.is('range') : '24h';
  const hours = RANGES[name].hours;
  const ask = (path, parameters) => get(path, parameters, ctx.signal);
  const known = await me();
  // Gates are nobody's namespace's.
  const gates = known && known.namespaces === null ? ask('gates') : Promise.resolve({ gates: [] });
  const [summary, trend, days, timed, denied, open, policies, outages, stand, { gates: all }] = await Promise.all([
    ask('summary'), ask('trends', { from: since(hours) }), ask('trends', { from: since(48) }), ask('decisions', { limit: TIMED }),
    ask('decisions', { outcome: 'deny', limit: 6 }), ask('denials', { open: true, limit: 500 }), ask('policies'), ask('outages'),
    ask('posture', { from: since(Math.max(hours, 25)) }), gates,
  ]);
  const recent = days.hours.filter(hour => Date.parse(hour.begins) >= Date.now() - 24 * HOUR * 1000);
  const before = days.hours.filter(hour => !recent.includes(hour));
  const denials = sum(recent, 'deny');
  const many = summary.namespaces.length > BESIDE;
  const warnings = sum(recent, 'warn');
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Overview')),
    outage(outages.outages),
    h('div', { class: 'tiles' },
      posture(summary.namespaces, stand.points),
      tile('Denied in 24 hours', link('/decisions', { outcome: 'deny', from: since(24) }, number(denials)), denials ? 'deny' : '', trendNote(denials, sum(before, 'deny'))),
      tile('Warned in 24 hours', link('/decisions', { outcome: 'warn', from: since(24) }, number(warnings)), warnings ? 'warn' : '', trendNote(warnings, sum(before, 'warn'))),
      tile('Denied still', link('/denials', { open: 'true' }, open.denials.length >= 500 ? '500+' : number(open.denials.length)), open.denials.length ? 'deny' : 'allow', 'owners that were not let in yet'),
      gateTile(all, timed.decisions, policies)),
    h('div', { class: 'columns' },
      h('div', { class: 'stack' }, await overTime(ctx, name, trend), await postureOverTime(ctx, name, stand.points), latest(denied.decisions)),
      h('div', { class: 'stack' }, failing(summary.checks, link('/checks', { failing: 'true' }, 'all')), severities(summary.checks), many ? null : heat(summary.namespaces))),
    gatePanel(ctx, all),
    many ? heat(summary.namespaces) : null);
}
