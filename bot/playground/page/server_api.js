/** The calls to the stand-in behind this page. */

/** The stand-in did not do what was asked; the message is its reason, or null when it could not be reached. */
export class CallFailed extends Error {
  constructor(reason, status) {
    super(reason ?? "unreachable");
    this.reason = reason;
    this.status = status;
  }
}

async function call(method, path, body) {
  const request = { method };
  if (body instanceof FormData) {
    request.body = body;
  } else if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { "Content-Type": "application/json" };
  }
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    throw new CallFailed(null, 0);
  }
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  throw new CallFailed(reasonIn(text) ?? `${answer.status} ${answer.statusText}`, answer.status);
}

function reasonIn(text) {
  try {
    const body = JSON.parse(text);
    return body.description ?? body.error ?? body.detail ?? null;
  } catch {
    return null;
  }
}

export const getPeople = () => call("GET", "/api/people");
export const addPerson = (person) => call("POST", "/api/people", person);
export const changePerson = (user, changes) => call("PATCH", `/api/people/${user}`, changes);
export const getChat = (user) => call("GET", `/api/chats/${user}`);
export const sendText = (user, text) => call("POST", `/api/chats/${user}/text`, { text });
export const press = (user, messageId, data) => call("POST", `/api/chats/${user}/press`, { message_id: messageId, data });
export const askInline = (user, text) => call("POST", `/api/chats/${user}/inline`, { text });
export const postInline = (user, queryId, resultId) =>
  call("POST", `/api/chats/${user}/inline/post`, { query_id: queryId, result_id: resultId });
export const getRefusals = () => call("GET", "/api/refusals");
export const makeDemo = () => call("POST", "/api/demo");
export const fileAddress = (fileId) => `/file/${encodeURIComponent(fileId)}`;

/** Sends a file; `kind` is "document", "photo" or "voice". */
export function sendFile(user, file, kind, caption) {
  const form = new FormData();
  form.append("kind", kind);
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name);
  return call("POST", `/api/chats/${user}/file`, form);
}
