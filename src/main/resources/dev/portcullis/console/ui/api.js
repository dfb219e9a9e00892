// What the server is asked, and who asks.

/** An answer that is none: its status, a sentence for people, and, where one must log in, how one can. */
export class ApiError extends Error {
  constructor(status, message, logins = []) {
    super(message);
    this.status = status;
    this.logins = logins;
  }
}

/** A path with those parameters that have a value. */
export function url(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function answered(response) {
  if (response.ok) {
    const type = response.headers.get('Content-Type') || '';
    return type.startsWith('application/json') ? response.json() : null;
  }
  let told = {};
  try {
    told = await response.json();
  } catch {
    // Not its own answer: the status must do.
  }
  throw new ApiError(response.status, told.message || `the server answered ${response.status}`, told.logins);
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...options });
  } catch (cause) {
    if (cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'the server cannot be reached: it may be restarting');
  }
  return answered(response);
}

/** Asks the API. */
export function get(path, parameters, signal) {
  return send(url(`/api/v1/${path}`, parameters), { signal });
}

let asked = null;

/** Who is logged in; null where the server does not tell, which is asked again. */
export function me() {
  if (asked === null) {
    const asking = get('me').catch(() => {
      if (asked === asking) asked = null;
      return null;
    });
    asked = asking;
  }
  return asked;
}

let named = null;

/** Boards, which change with the server alone. */
export function boards() {
  named ??= get('boards').then(answer => answer.boards).catch(error => {
    named = null;
    throw error;
  });
  return named;
}

async function csrf() {
  const known = await me();
  return known && known.csrf ? { [known.csrf.header]: known.csrf.token } : {};
}

/** Sends something that is not a question; once more where it is refused, since another window may have begun another session. */
export async function post(path, body, type, signal) {
  const sent = async () => send(path, {
    method: 'POST', headers: { 'Content-Type': type, Accept: 'application/json', ...(await csrf()) }, body, signal,
  });
  try {
    return await sent();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 403) throw error;
    asked = null;
    return sent();
  }
}

/** The ways to log in. */
export async function logins() {
  try {
    return (await get('me')).logins ?? [];
  } catch (error) {
    return error instanceof ApiError ? error.logins : [];
  }
}

/** Begins a session. */
export async function login(token) {
  await post('/login', new URLSearchParams({ token }).toString(), 'application/x-www-form-urlencoded');
  asked = null;
  named = null;
}

/**
 * Ends it.
 * @returns where the session at the identity provider ends; null where there is none
 */
export async function logout() {
  const left = await post('/logout', '', 'application/x-www-form-urlencoded');
  asked = null;
  named = null;
  return left?.location ?? null;
}
