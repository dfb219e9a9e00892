// A decision, judged again by other policies.
import { post, url } from './api.js';
import { choice, kept } from './candidate.js';
import { h, say } from './dom.js';
import { findingCard } from './finding.js';
import { badge, count, moment } from './format.js';
import { facts } from './table.js';

const LARGEST_FILE = 1 << 20;

function group(title, findings, note) {
  if (findings.length === 0) return null;
  return h('section', {}, h('h4', {}, `${title} (${findings.length})`), note ? h('p', { class: 'muted' }, note) : null,
    h('div', { class: 'findings' }, findings));
}

const led = finding => (finding.exemption ? `allowed by ${finding.exemption}` : finding.mode === 'enforce' ? 'deny' : finding.mode);

function compared(answer) {
  const { then, now } = answer;
  const differs = answer.added.length + answer.removed.length + answer.changed.length;
  return h('div', { class: 'stack' },
    facts([
      ['Then', badge(then.outcome), ` ${moment(then.at)}`], ['By', then.policies],
      ['Now', badge(now.outcome)], ['By ', now.policies],
    ]),
    differs === 0 ? h('p', {}, 'What is found is the same.') : null,
    group('Found now, and not then', answer.added.map(each => findingCard(each))),
    group('Found then, and not now', answer.removed.map(each => findingCard(each))),
    group('Leads to something else', answer.changed.map(each => h('div', {}, h('p', {}, `Then: ${led(each.then)}. Now: ${led(each.now)}.`), findingCard(each.now)))),
    group('Not to be compared', answer.unjudged.map(each => findingCard(each)), 'Found only then, or only now: what was known of images, volumes and owners at the time is not known now.'),
    answer.partial ? h('p', { class: 'muted' }, 'So much was found that not all of it is compared.') : null);
}

/** A form that judges what was asked in a decision again. */
export function replay(row) {
  const result = h('div', { id: `replayed-${row.seq}` });
  const text = h('textarea', { id: `replay-policy-${row.seq}`, spellcheck: 'false', autocapitalize: 'off', value: kept.text ?? '', on: { input: () => { kept.text = text.value; } } });
  const candidate = choice(`replay-version-${row.seq}`, text);
  const file = h('input', { id: `replay-file-${row.seq}`, type: 'file', accept: '.yaml,.yml,.json', on: { change: pick } });
  const buttons = [
    h('button', { type: 'button', id: `replay-now-${row.seq}`, on: { click: () => judge('') } }, 'By the policies in force'),
    h('button', { type: 'submit' }, 'By this policy'),
  ];

  async function pick() {
    const [picked] = file.files;
    if (!picked) return;
    if (picked.size > LARGEST_FILE) {
      told(`${picked.name} is over 1 MiB.`);
      return;
    }
    text.value = await picked.text();
    kept.text = text.value;
  }

  function told(problem) {
    result.replaceChildren(h('p', { role: 'alert' }, problem));
  }

  async function judge(policy, version = null) {
    buttons.forEach(each => { each.disabled = true; });
    try {
      const answer = await post(url('/api/v1/decisions/replay', { seq: row.seq, version }), policy, 'application/yaml');
      result.replaceChildren(compared(answer));
      say(`Then ${answer.then.outcome}, now ${answer.now.outcome}; ${count(answer.added.length, 'finding')} added, ${answer.removed.length} removed`);
    } catch (error) {
      told(error.message);
    } finally {
      buttons.forEach(each => { each.disabled = false; });
    }
  }

  function given(event) {
    event.preventDefault();
    if (candidate.version) judge('', candidate.version);
    else if (text.value.trim() === '') told('Write a policy, or pick a file that holds one.');
    else judge(text.value);
  }

  return h('section', { class: 'no-print' }, h('h3', {}, 'Judge it again'),
    h('p', {}, buttons[0]),
    h('details', {}, h('summary', {}, 'By another policy'),
      h('form', { on: { submit: given } },
        candidate.label,
        h('label', { for: text.id }, 'The policy, in place of the one of its name', text),
        h('label', { for: file.id }, 'Or a file that holds it', file),
        h('p', {}, buttons[1]))),
    result);
}
