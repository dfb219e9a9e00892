// Names that filters suggest.
import { get } from './api.js';

/** Of checks. */
export const checks = signal => get('checks', {}, signal).then(answer => answer.checks.map(each => each.id));

/** Of clusters and namespaces of which workloads are known. */
export function places(signal) {
  const summary = get('summary', {}, signal);
  const names = name => summary.then(answer => [...new Set(answer.namespaces.map(each => each[name]).filter(Boolean))]);
  return { clusters: names('cluster'), namespaces: names('namespace') };
}
