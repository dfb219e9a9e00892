// What speaks against a workload, and what to do about it.
import { copyButton, h } from './dom.js';
import { badge, inline, severity, when } from './format.js';
import { checkLink, link } from './links.js';

function operation(each) {
  const added = each.op !== 'remove';
  return h('div', { class: added ? 'added' : 'removed' }, added ? '+ ' : '− ', each.path, added ? `: ${inline(each.value)}` : '');
}

/** JSON Patch operations as lines of a diff. */
export function patch(operations) {
  return h('div', { class: 'diff' }, operations.map(operation));
}

const quoted = text => `'${String(text).replaceAll("'", "'\\''")}'`;

/** A command that mends a controller; null for what cannot be changed while it runs. */
export function command(workload, operations) {
  if (['Pod', 'Container', 'Image'].includes(workload.kind) || !workload.namespace) return null;
  return ['kubectl', 'patch', quoted(workload.kind.toLowerCase()), quoted(workload.name), '-n', quoted(workload.namespace),
    '--type=json', '-p', quoted(JSON.stringify(operations))].join(' ');
}

function fix(finding, workload) {
  if (finding.flags) return h('div', { class: 'fix' }, h('h4', {}, 'Fix'), h('p', {}, h('code', {}, finding.flags)));
  const operations = Array.isArray(finding.fix) ? finding.fix : finding.fix?.patch;
  if (!operations || operations.length === 0) return null;
  const line = workload ? command(workload, operations) : null;
  return h('div', { class: 'fix' }, h('h4', {}, 'Fix'), patch(operations),
    copyButton('Copy as JSON Patch', JSON.stringify(operations, null, 2)), ' ',
    line ? copyButton('Copy kubectl command', line) : null);
}

function why(about) {
  if (!about) return null;
  return h('details', {}, h('summary', {}, 'Why'), h('p', {}, about.why),
    about.references?.length ? h('p', { class: 'muted' }, about.references.join(' · ')) : null);
}

/**
 * A finding.
 * @param {object} finding as the API tells it
 * @param {object} [about] what its check asks
 * @param {object} [workload] whose it is
 */
export function findingCard(finding, about, workload) {
  const told = finding.value === null || finding.value === undefined ? '' : `: ${inline(finding.value)}`;
  return h('article', { class: `finding ${finding.exemption || finding.result === 'skip' ? 'exempt' : finding.mode}` },
    h('h3', {}, badge(finding.exemption ? 'exempt' : finding.result === 'fail' ? finding.mode : finding.result), ' ', checkLink(finding.check), ' ', severity(finding.severity)),
    h('p', {}, finding.message),
    finding.field ? h('p', {}, h('code', {}, finding.field + told)) : null,
    finding.since ? h('p', { class: 'muted' }, 'First found ', when(finding.since)) : null,
    finding.exemption ? h('p', {}, 'Allowed by ', link('/exemptions', { text: finding.exemption }, finding.exemption)) : null,
    fix(finding, workload),
    why(about ?? (finding.why ? { why: finding.why, references: finding.references } : null)));
}
