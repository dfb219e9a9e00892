// Where things have their pages.
import { url } from './api.js';
import { h } from './dom.js';

export const link = (path, parameters, ...text) => h('a', { href: url(path, parameters) }, ...text);

export const checkLink = id => link('/check', { id }, id);

export const workloadLink = row => link('/workload', workload(row), row.name);

/** The parameters that name a workload. */
export const workload = row => ({ cluster: row.cluster, namespace: row.namespace, kind: row.kind, name: row.name });
