import { ApiError, login, logins, url } from '../api.js';
import { h } from '../dom.js';

export const title = 'Log in';

/** A page of this console, whatever an address says. */
function target(next) {
  return /^\/(?![/\\])[!-~]*$/.test(next) && !next.startsWith('/login') ? next : '/';
}

/** Why the identity provider's people were not let in, by the word that the server puts into the address. */
const REFUSED = {
  groups: 'The identity provider knows you, and none of your groups may see this console: ask who runs it to name one.',
  denied: 'The identity provider has refused the login.',
  elsewhere: 'The login has begun elsewhere, or too long ago: log in again.',
  throttled: 'Too many logins have failed: wait a minute, and log in again.',
  away: 'The identity provider cannot be reached: try again, or log in with the token.',
  unusable: 'The answer of the identity provider cannot be used: log in again. The log of the console says what is wrong with it.',
};

/** The way by an identity provider, where there is one: it leads away from here and back. */
function provider(ways, next) {
  if (!ways.includes('oidc')) return null;
  const start = url('/oauth2/authorization/oidc', { next: target(next) });
  return h('p', {}, h('a', { class: 'button', href: start, id: 'by-provider', 'data-leave': true }, 'Log in by the identity provider'));
}

export async function render(ctx) {
  const ways = await logins();
  const why = Object.hasOwn(REFUSED, ctx.is('refused')) ? REFUSED[ctx.is('refused')] : '';
  const problem = h('p', { role: 'alert', id: 'login-problem' }, why);
  const token = h('input', { id: 'token', name: 'token', type: 'password', autocomplete: 'current-password', required: true });
  const button = h('button', { type: 'submit', class: 'primary' }, 'Log in');
  async function enter(event) {
    event.preventDefault();
    button.disabled = true;
    problem.textContent = '';
    try {
      await login(token.value.trim());
      ctx.go(target(ctx.is('next')));
    } catch (error) {
      problem.textContent = error instanceof ApiError && error.status === 401 ? 'That token is not accepted.' : `${error.message}.`;
      button.disabled = false;
      token.focus();
    }
  }
  return h('section', { class: 'panel login' },
    h('h1', { tabindex: '-1' }, 'Portcullis'),
    h('p', { class: 'muted' }, 'The first start of the console wrote its token to the file admin-token in the data folder, or to its Secret.'),
    h('form', { method: 'post', action: '/login', on: { submit: enter } },
      h('label', { for: 'token' }, 'Token', token), problem, button),
    provider(ways, ctx.is('next')));
}
