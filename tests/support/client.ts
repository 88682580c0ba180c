/** Somebody who talks to the server over HTTP, as the console's pages do. */
export interface Client {
  cookie: string
  get(path: string): Promise<Answer>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  json: unknown
}

/** One request, its answer read to the end. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text ? JSON.parse(text) : null,
  }
}

export function clientOf(url: string, cookie = ''): Client {
  const own = { origin: url, ...(cookie ? { cookie } : {}) }
  return {
    cookie,
    get: (path) => ask(url + path, { headers: own }),
    send: (method, path, body, headers = {}) =>
      ask(url + path, {
        method,
        headers: {
          ...own,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

export async function signIn(url: string, credentials: { email: string; password: string }): Promise<Client> {
  const answer = await clientOf(url).send('POST', '/api/v1/session', credentials)
  if (answer.status !== 201) throw new Error(`Sign-in answered ${answer.status}: ${answer.text}`)
  return clientOf(url, cookieOf(answer))
}

/** The cookie a browser would send back; an emptied one when it was cleared. */
export const cookieOf = (answer: Answer): string => answer.headers.get('set-cookie')?.split(';')[0] ?? ''

/** The text at a path of an answer; fails when there is none. */
export function textAt(answer: Answer, ...path: (string | number)[]): string {
  const found = path.reduce<unknown>((value, key) => Object(value)[key], answer.json)
  if (typeof found !== 'string') throw new Error(`No text at ${path.join('.')} of ${answer.text}`)
  return found
}
