import { ApiError, get, me, post, url } from '../api.js';
import { choice, kept } from '../candidate.js';
import { h, say } from '../dom.js';
import { badge, count, number, when } from '../format.js';
import { checkLink, workloadLink } from '../links.js';
import { facts, listing } from '../table.js';

export const title = 'Impact';

/** Milliseconds between two looks at a trial that runs. */
const LOOK = 1000;
const MOST_REASONS = 2;
const CHANGES = [['denied', 'Denied from then on', 'deny'], ['allowed', 'Let in from then on', 'allow'], ['warned', 'New warnings', 'warn'], ['patched', 'New patches', 'audit']];
const REASONS = { denied: 'denials', allowed: 'reliefs', warned: 'warnings' };
const EXAMPLE = `apiVersion: portcullis.dev/v1alpha1
kind: HardeningPolicy
metadata: {name: default}
spec:
  profile: hardened
  mode: enforce
`;

function why(row) {
  const reasons = CHANGES.flatMap(([change]) => row[REASONS[change]] ?? []);
  const told = reasons.slice(0, MOST_REASONS).map(reason => h('span', { class: 'sub' }, checkLink(reason.check), ` ${reason.message}`));
  const more = reasons.length - told.length;
  return more > 0 ? [...told, h('span', { class: 'sub' }, `and ${more} more`)] : told;
}

const COLUMNS = [
  { id: 'name', label: 'Owner', sort: row => row.name, cell: row => [workloadLink(row), h('span', { class: 'sub' }, [row.kind, row.namespace].filter(Boolean).join(' · '))] },
  ...CHANGES.map(([change, label, tone]) => ({
    id: change, label, number: true, sort: row => row[change],
    cell: row => (row[change] ? badge(number(row[change]), tone) : h('span', { class: 'muted' }, '0')),
  })),
  { label: 'Why', cell: why },
];

function outcome(ctx, job) {
  if (job.state === 'running') {
    return h('section', { class: 'panel', 'aria-busy': 'true' }, h('p', {}, `Being tried on the ${job.source}: ${count(job.judged, 'request')} so far.`));
  }
  if (job.state === 'failed') return h('section', { class: 'panel problem', role: 'alert' }, h('p', {}, job.problem));
  const { impact } = job;
  return h('div', {},
    h('section', { class: 'panel' }, facts([
      ['Tried on', job.source], ['Judged', number(impact.summary.judged)], ['Not to be judged', impact.summary.unjudged ? number(impact.summary.unjudged) : ''],
      ...CHANGES.map(([change, label]) => [label, count(impact.summary[change], 'owner')]), ['Ended', when(job.endedAt)],
    ])),
    listing({ ctx, caption: 'Owners for whom something changes', columns: COLUMNS, rows: impact.owners, next: null, empty: 'Nothing changes for anybody.' }).node,
    impact.summary.omitted ? h('p', { class: 'muted' }, `${count(impact.summary.omitted, 'owner')} more are not told of.`) : null);
}

/** A trial; null where it is no longer kept. */
async function trial(id, signal) {
  try {
    return await get('impact', { id }, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

function gone() {
  return h('section', { class: 'panel note' },
    h('p', {}, 'This trial is no longer kept: the last five are, until the console starts anew. Try the policy again below.'));
}

function form(ctx) {
  const text = h('textarea', { id: 'candidate', spellcheck: 'false', autocapitalize: 'off', value: kept.text ?? EXAMPLE, on: { input: () => { kept.text = text.value; } } });
  const candidate = choice('version', text);
  const source = h('select', { id: 'source' }, h('option', { value: 'history' }, 'what was asked'), h('option', { value: 'workloads' }, 'what the cluster runs'));
  const hours = h('select', { id: 'hours' }, [['24', 'the last day'], ['168', 'the last week'], ['720', 'the last 30 days']].map(([value, label]) => h('option', { value }, label)));
  const problem = h('p', { role: 'alert', id: 'impact-problem' });
  const button = h('button', { type: 'submit', class: 'primary' }, 'Try it');
  source.addEventListener('change', () => { hours.disabled = source.value !== 'history'; });
  async function begin(event) {
    event.preventDefault();
    problem.textContent = '';
    button.disabled = true;
    try {
      const parameters = { source: source.value, hours: source.value === 'history' ? hours.value : null, version: candidate.version };
      const job = await post(url('/api/v1/impact', parameters), candidate.version ? '' : text.value, 'application/yaml', ctx.signal);
      ctx.go(url('/impact', { id: job.id }));
    } catch (error) {
      if (error.name === 'AbortError') return;
      problem.textContent = error.message;
      button.disabled = false;
    }
  }
  return h('form', { class: 'panel no-print', on: { submit: begin } },
    h('div', { class: 'fields' }, h('label', { for: 'source' }, 'On', source), h('label', { for: 'hours' }, 'Of', hours), candidate.label),
    h('label', { for: 'candidate' }, 'The policy, in place of the one of its name', text), problem, button);
}

function trials(jobs) {
  if (jobs.length === 0) return null;
  return h('section', { class: 'panel no-print' }, h('h2', {}, 'Trials'), h('ul', { class: 'feed' }, jobs.map(job => h('li', {},
    h('span', {}, badge(job.state, job.state === 'failed' ? 'deny' : job.state === 'done' ? 'allow' : 'none'), ' ',
      h('a', { href: url('/impact', { id: job.id }) }, job.source), ' ', h('span', { class: 'muted' }, `${number(job.judged)} judged`)),
    when(job.startedAt)))));
}

export async function render(ctx) {
  const id = ctx.is('id');
  const [{ jobs }, job, person] = await Promise.all([get('impact', {}, ctx.signal), id ? trial(id, ctx.signal) : null, me()]);
  const result = h('div', { id: 'impact' }, job ? outcome(ctx, job) : id ? gone() : null);
  async function look() {
    try {
      const now = await get('impact', { id }, ctx.signal);
      result.replaceChildren(outcome(ctx, now));
      if (now.state === 'running') setTimeout(look, LOOK);
      else say('The trial has ended');
    } catch (error) {
      if (error.name !== 'AbortError') result.replaceChildren(h('p', { role: 'alert' }, error.message));
    }
  }
  if (job?.state === 'running') setTimeout(look, LOOK);
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Impact'), h('p', { class: 'muted' }, 'What a policy would change, before it does.')),
    result,
    person?.role === 'viewer' ? h('p', { class: 'muted' }, 'To try a policy needs the role admin; what was tried can be read by all who see all namespaces.') : form(ctx),
    trials(jobs));
}
