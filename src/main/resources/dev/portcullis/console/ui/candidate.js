// A policy to try: written by hand, or a version that was in force.
import { get, me } from './api.js';
import { h } from './dom.js';
import { moment } from './format.js';

/** What is written on one page is there on the next; null where nothing was. */
export const kept = {
  get text() { return sessionStorage.getItem('candidate'); },
  set text(value) { try { sessionStorage.setItem('candidate', value); } catch { /* too long to keep */ } },
};

/** The version that was chosen last, and where. */
let chosen = { id: null, version: '' };

/**
 * A choice between what is written and the versions that were in force. Those who do not see all are not told of versions.
 * @param {HTMLTextAreaElement} text where a policy is written
 */
export function choice(id, text) {
  const select = h('select', { id, on: { change } }, h('option', { value: '' }, 'what is written below'));
  let filled = false;
  function change() {
    text.disabled = select.value !== '';
    if (filled) chosen = { id, version: select.value };
  }
  const label = h('label', { for: id, hidden: true }, 'By', select);
  async function fill() {
    if ((await me())?.namespaces) return;
    const { versions } = await get('policies/versions');
    select.append(...versions.map(each => h('option', { value: each.version }, `the version in force since ${moment(each.firstAt)} (${each.version})`)));
    label.hidden = versions.length === 0;
    filled = true;
    if (chosen.id === id && versions.some(each => each.version === chosen.version)) {
      select.value = chosen.version;
      change();
    }
  }
  fill().catch(() => { /* a policy can be written all the same */ });
  return { label, get version() { return select.value || null; } };
}
