// Bars over time, drawn by uPlot; the same numbers as a table for those who do not see them.
import { h } from './dom.js';
import { number } from './format.js';

/** In units of the page's text, which is larger on large screens. */
const HEIGHT = 14.5;

const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** What is drawn behind is the sum of what is drawn before it. */
function stacked(series) {
  const sums = [];
  let above = series[0].values.map(() => 0);
  for (const each of series) {
    above = above.map((sum, i) => sum + each.values[i]);
    sums.unshift(above);
  }
  return sums;
}

function options(uPlot, width, series, ticks, told) {
  const text = colour('muted');
  const axis = { stroke: text, grid: { stroke: colour('line'), width: 1 }, ticks: { show: false }, font: `${0.8 * rem()}px system-ui` };
  const back = [...series].reverse();
  return {
    width,
    height: HEIGHT * rem(),
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    legend: { show: false },
    hooks: { setCursor: [plot => told(plot.cursor.idx)] },
    scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.08)] } },
    axes: [{ ...axis, size: 2 * rem(), space: 4.5 * rem(), values: (_, at) => at.map(ticks) }, { ...axis, size: 3.2 * rem(), values: (_, at) => at.map(tick => (Number.isInteger(tick) ? number(tick) : '')) }],
    series: [
      {},
      ...back.map(each => ({
        label: each.label,
        fill: colour(each.colour),
        stroke: colour(each.colour),
        width: 0,
        points: { show: false },
        paths: uPlot.paths.bars({ size: [0.8, 40] }),
      })),
    ],
  };
}

function table(id, times, series, shown, more) {
  const some = times.map((time, at) => [time, at]).filter(([, at]) => series.some(each => each.values[at] > 0));
  return h('details', { id, class: 'as-table' }, h('summary', {}, 'As a table'),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Numbers of the chart' },
      h('table', {},
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'From'), series.map(each => h('th', { scope: 'col', class: 'number' }, each.label)),
          more.map(each => h('th', { scope: 'col', class: 'number' }, each.label)))),
        h('tbody', {}, some.map(([time, at]) => h('tr', {}, h('th', { scope: 'row' }, shown(time)),
          series.map(each => h('td', { class: 'number' }, number(each.values[at]))),
          more.map(each => h('td', { class: 'number' }, each.at(at)))))))));
}

/** What the colours mean, and the numbers of what is pointed at. */
function legend(times, series, shown, states) {
  const known = times.findLastIndex((_, at) => series.some(each => each.values[at] > 0));
  const total = each => (states ? each.values[known] : each.values.reduce((sum, value) => sum + value, 0));
  const node = h('div', { class: 'legend', 'aria-hidden': 'true' });
  function told(at) {
    const pointed = at !== null && at !== undefined;
    node.replaceChildren(...series.map(each => h('span', {}, h('i', { class: each.colour }), `${each.label} `, number(pointed ? each.values[at] : total(each)))),
      h('span', {}, pointed ? `from ${shown(times[at])}` : states ? 'last' : 'in all'));
  }
  told(null);
  return { node, told };
}

/**
 * A chart.
 * @param {string} id of its table
 * @param {string} title what it shows, in words
 * @param {number[]} times seconds since the epoch
 * @param {Array<{label: string, colour: string, values: number[]}>} series the lowest first
 * @param {function(number): string} shown a time as text
 * @param {function(number): string} ticks the same below the axis
 * @param {AbortSignal} signal ends it; until then it is drawn anew where the document tells of other colours
 * @param {{states?: boolean, more?: Array<{label: string, at: function(number): string}>}} [as] states where the values are
 *   no counts to be added up; more columns of the table
 */
export async function bars(id, title, times, series, shown, ticks, signal, { states = false, more = [] } = {}) {
  const { default: uPlot } = await import('./lib/uplot.js');
  const place = h('div', { class: 'plot', role: 'img', 'aria-label': title });
  const data = [times, ...stacked(series)];
  const key = legend(times, series, shown, states);
  let plot = null;
  const draw = width => {
    plot?.destroy();
    plot = new uPlot(options(uPlot, width, series, ticks, key.told), data, place);
  };
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width === 0) return;
    if (plot) plot.setSize({ width, height: HEIGHT * rem() });
    else draw(width);
  });
  observer.observe(place);
  document.addEventListener('colours', () => plot && draw(plot.width), { signal });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    plot?.destroy();
  }, { once: true });
  return h('figure', { class: 'chart' }, place, key.node, table(id, times, series, shown, more));
}
