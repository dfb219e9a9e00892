// How what runs stood over time.

/** Of 100 workloads so many would be let in; null of none. */
export function scoreOf({ workloads, violating }) {
  return workloads ? Math.floor((100 * (workloads - violating)) / workloads) : null;
}

/** How things stood last in each of equal times, nothing where that is not known, and the first and the last score. */
export function stood(points, times, step) {
  const last = times.map(() => null);
  for (const point of points) {
    const at = Math.floor((Date.parse(point.at) / 1000 - times[0]) / step);
    if (at >= 0 && at < times.length) last[at] = point;
  }
  const of = value => last.map(point => (point ? value(point) : 0));
  const known = last.filter(point => point !== null);
  return {
    deny: of(each => each.violating),
    warn: of(each => each.warned),
    clean: of(each => each.workloads - each.violating - each.warned),
    score: last.map(point => (point ? `${scoreOf(point)} %` : '')),
    first: known.length ? scoreOf(known[0]) : null,
    last: known.length ? scoreOf(known.at(-1)) : null,
  };
}
