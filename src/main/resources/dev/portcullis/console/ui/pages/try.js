import { ApiError, get, post, url } from '../api.js';
import { copyButton, h, say } from '../dom.js';
import { findingCard, patch } from '../finding.js';
import { badge, count } from '../format.js';

export const title = 'Try it';

/** Milliseconds without a key after which what is written is judged. */
const PAUSE = 400;
const MODE_ORDER = ['enforce', 'warn', 'audit'];
const EXAMPLE = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: nginx:1.29.3
      securityContext:
        privileged: true
`;

/** What was written is kept in this window, so that a look at another page does not lose it. */
const kept = {
  get text() { return sessionStorage.getItem('try') ?? EXAMPLE; },
  set text(value) { try { sessionStorage.setItem('try', value); } catch { /* too long to keep */ } },
};

function mended(each) {
  if (!each.mended) return null;
  const { command, decision, remaining } = each.mended;
  return [h('h4', {}, 'The command, mended ', badge(decision)),
    h('pre', { id: 'mended' }, command),
    h('p', { class: 'muted' }, remaining.length ? `Left to you: ${remaining.join(', ')}. ` : '',
      'Limits, users and what is read-only may have to be others for your program.'),
    copyButton('Copy command', command)];
}

function result(each) {
  const { subject } = each;
  const heading = h('h2', {}, [subject?.kind, [subject?.namespace, subject?.name].filter(Boolean).join('/')].filter(Boolean).join(' ') || 'Document', badge(each.decision));
  if (each.error) return h('section', { class: 'panel problem' }, heading, h('p', {}, each.error.message ?? each.error));
  const told = each.findings.filter(finding => finding.result === 'fail' || finding.result === 'error')
    .sort((left, right) => MODE_ORDER.indexOf(left.mode) - MODE_ORDER.indexOf(right.mode));
  const skipped = each.findings.filter(finding => finding.result === 'skip');
  return h('section', { class: 'panel' }, heading,
    h('p', { class: 'muted' }, `By ${each.policies.map(policy => policy.name).join(', ') || 'no policy'}: ${count(told.length, 'finding')}.`,
      skipped.length ? ` Not judged here: ${skipped.map(finding => finding.check).join(', ')}.` : ''),
    mended(each),
    each.patch?.length ? [h('h4', {}, `What the gate would change (then: ${each.patched?.decision ?? each.decision})`), patch(each.patch)] : null,
    h('div', { class: 'findings' }, told.map(finding => findingCard(finding))));
}

export async function render(ctx) {
  const policies = await get('policies', { limit: 100 }, ctx.signal);
  const names = [...new Set(policies.policies.filter(each => each.status !== 'unusable').map(each => each.name))];
  const answer = h('div', { id: 'verdict', 'aria-live': 'off' });
  const text = h('textarea', { id: 'text', spellcheck: 'false', autocapitalize: 'off', placeholder: 'docker run --rm -p 8080:80 nginx', value: kept.text, on: { input: later } });
  const choice = (id, label, any, values) => h('label', { for: id }, label,
    h('select', { id, on: { change: event => { ctx.note({ [id]: event.target.value }); judge(); } } },
      h('option', { value: '' }, any), values.map(value => h('option', { value, selected: ctx.is(id) === value }, value))));
  let timer = 0;
  let asking = new AbortController();

  function later() {
    kept.text = text.value;
    clearTimeout(timer);
    timer = setTimeout(judge, PAUSE);
  }

  async function judge() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (text.value.trim() === '') {
      answer.replaceChildren(h('p', { class: 'muted' }, 'Paste a manifest, a compose file, a Dockerfile, a docker run command or what docker inspect prints.'));
      return;
    }
    const query = new URLSearchParams(location.search);
    const path = url('/api/v1/review', { profile: query.get('profile'), policy: query.get('policy'), kind: query.get('kind') });
    try {
      const report = await post(path, text.value, 'text/plain', signal);
      if (signal.aborted) return;
      answer.replaceChildren(...report.results.map(result), report.results.length ? '' : h('p', {}, 'There is no workload in it.'));
      say(`${count(report.summary.denied, 'subject')} denied, ${report.summary.allowed} allowed`);
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (error instanceof ApiError && error.status === 401) ctx.go(url('/login', { next: '/try' }));
      else answer.replaceChildren(h('section', { class: 'panel problem' }, h('p', {}, error.message)));
    }
  }

  ctx.signal.addEventListener('abort', () => { clearTimeout(timer); asking.abort(); }, { once: true });
  judge();
  return h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Try it'),
      h('p', { class: 'muted' }, 'Judged as you type; nothing is kept.')),
    h('div', { class: 'two' },
      h('section', { class: 'panel beside' },
        h('div', { class: 'fields' }, choice('policy', 'Policy', 'those in force', names), choice('profile', 'Profile alone', 'none', ['baseline', 'restricted', 'hardened'])),
        h('label', { for: 'text' }, 'Manifest, compose file, Dockerfile, container, or a command such as docker run --rm -p 8080:80 nginx', text)),
      answer));
}
