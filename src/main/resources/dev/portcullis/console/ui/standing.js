// How what runs stands now, as a whole or within a board.
import { h } from './dom.js';
import { count, number, when } from './format.js';
import { checkLink, link } from './links.js';
import { scoreOf } from './posture.js';

const HOUR = 3600;
const MOST_PLACES = 120;
const MOST_CHECKS = 8;
const TONES = { critical: 'deny', high: 'warn', medium: 'audit', low: 'none' };

/** A number that stands for itself. */
export function tile(name, big, tone, ...notes) {
  return h('section', { class: 'tile' }, h('h2', {}, name), h('div', { class: `big ${tone}` }, big), notes.map(note => h('p', {}, note)));
}

function share(places) {
  const total = places.reduce((all, each) => all + each.workloads, 0);
  const violating = places.reduce((all, each) => all + each.violating, 0);
  const warned = places.reduce((all, each) => all + each.warned, 0);
  return { total, violating, warned, clean: total - violating - warned };
}

/** How workloads that violate, that are warned of, and clean ones share a bar. */
function split({ violating, warned, clean }, hidden = false) {
  const parts = [['deny', violating, 'would be denied'], ['warn', warned, 'with warnings'], ['allow', clean, 'clean']];
  const told = { role: 'img', 'aria-label': parts.map(([, value, name]) => `${number(value)} ${name}`).join(', ') };
  const bar = h('div', { class: 'split', ...(hidden ? { 'aria-hidden': 'true' } : told) });
  for (const [tone, value] of parts) {
    if (value > 0) {
      const part = h('span', { class: tone });
      part.style.flexGrow = value;
      bar.append(part);
    }
  }
  return bar;
}

/**
 * How many would be let in.
 * @param {object} within parameters that narrow links
 */
export function posture(places, points, within = {}) {
  const { total, violating, warned, clean } = share(places);
  if (total === 0) {
    return tile('Posture', '–', '', 'No workload is known yet: the background scan tells of those that run.');
  }
  const score = scoreOf({ workloads: total, violating });
  const before = points.find(each => Date.parse(each.at) >= Date.now() - 25 * HOUR * 1000);
  const tone = violating === 0 ? 'allow' : score < 80 ? 'deny' : 'warn';
  return h('section', { class: 'tile' }, h('h2', {}, 'Posture'),
    h('div', { class: `big ${tone}` }, `${score} %`),
    split({ violating, warned, clean }),
    h('p', {}, `of ${count(total, 'workload')} would be let in · `, link('/workloads', { ...within, mode: 'enforce' }, `${number(violating)} would not`), ` · ${number(warned)} with warnings`),
    before && Date.parse(before.at) < Date.now() - 2 * HOUR * 1000 ? h('p', {}, `${scoreOf(before)} % `, when(before.at)) : null);
}

/** A line of a list of bars; part of the longest is 1. */
function bar(name, value, part, tone) {
  const fill = h('span', { class: tone });
  fill.style.width = `${100 * part}%`;
  return h('li', {}, h('span', {}, name), h('span', { class: 'number' }, value), h('div', { class: 'track' }, fill));
}

/** What speaks against most. */
export function failing(checks, more = null) {
  const most = Math.max(...checks.map(each => each.workloads), 1);
  return h('section', { class: 'panel' },
    h('h2', {}, 'Top failing checks', more),
    checks.length === 0
      ? h('p', { class: 'muted' }, 'No check finds anything of what runs.')
      : h('ul', { class: 'bars' }, checks.slice(0, MOST_CHECKS).map(each => {
        const mode = each.mode === 'enforce' ? 'deny' : each.mode;
        return bar([checkLink(each.check), ' ', h('span', { class: 'muted' }, mode)], count(each.workloads, 'workload'), each.workloads / most, mode);
      })));
}

/** How many findings are how grave. */
export function severities(checks, within = {}) {
  const found = Object.keys(TONES).map(level => [level, checks.reduce((all, each) => all + (each.severity === level ? each.findings : 0), 0)]);
  const most = Math.max(...found.map(([, findings]) => findings), 1);
  return h('section', { class: 'panel' },
    h('h2', {}, 'Findings by severity', link('/results', within, 'all')),
    h('ul', { class: 'bars' }, found.map(([level, findings]) =>
      bar(link('/results', { ...within, severity: level }, level), number(findings), findings / most, TONES[level]))));
}

/** Each namespace, the worst first. */
export function heat(places, within = {}) {
  const worst = [...places].sort((left, right) =>
    right.violating / right.workloads - left.violating / left.workloads || right.violating - left.violating || right.warned - left.warned);
  const several = new Set(places.map(each => each.cluster)).size > 1;
  return h('section', { class: 'panel below' },
    h('h2', {}, 'Namespaces', places.length > MOST_PLACES ? h('span', { class: 'muted' }, `the worst ${MOST_PLACES}`) : null),
    places.length === 0
      ? h('p', { class: 'muted' }, 'None is known yet.')
      : h('div', { class: 'heat' }, worst.slice(0, MOST_PLACES).map(each =>
        h('a', { class: each.violating ? 'deny' : each.warned ? 'warn' : 'allow', href: `/workloads?${new URLSearchParams({ ...within, cluster: each.cluster, namespace: each.namespace })}` },
          h('strong', {}, each.namespace || '(none)'),
          several ? h('span', { class: 'sub' }, each.cluster) : null,
          split(share([each]), true),
          h('span', {}, each.violating ? `${number(each.violating)} of ${number(each.workloads)} denied` : each.warned ? `${number(each.warned)} of ${number(each.workloads)} warned` : `${number(each.workloads)} clean`)))));
}
