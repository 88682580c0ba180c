/** Where this server is reached. Known only once it listens, since the port may be chosen by the system. */
export interface OwnAddress {
  /** Scheme, host and port, as told to people. */
  publicOrigin(): string
  /** Whether a page of this origin, asking this `Host`, is one of our own. */
  isOwn(origin: string, host: string | undefined): boolean
  /** The public origin first, then the other names of the same loopback address. */
  all(): readonly string[]
  /** Whether most browsers keep a `Secure` cookie from us: https, or this very machine. */
  trustworthy(): boolean
  listening(port: number): void
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

export function createOwnAddress(publicUrl: string | null): OwnAddress {
  let port = 0
  const publicOrigin = (): string => publicUrl ?? `http://localhost:${port}`
  const isLoopback = (hostname: string): boolean => loopbackNames.includes(hostname)

  return {
    publicOrigin,
    isOwn(origin, host) {
      if (origin === publicOrigin()) return true
      if (!host || !URL.canParse(origin)) return false
      const asked = new URL(origin)
      // A name that an attacker points at this machine is not a loopback name, so it stays out.
      return asked.protocol === 'http:' && asked.host === host.toLowerCase() && isLoopback(asked.hostname)
    },
    all() {
      const { hostname, port: publicPort, protocol } = new URL(publicOrigin())
      if (!isLoopback(hostname)) return [publicOrigin()]
      const suffix = publicPort ? `:${publicPort}` : ''
      return [...new Set([publicOrigin(), ...loopbackNames.map((name) => `${protocol}//${name}${suffix}`)])]
    },
    trustworthy() {
      const { protocol, hostname } = new URL(publicOrigin())
      return protocol === 'https:' || isLoopback(hostname)
    },
    listening(at) {
      port = at
    },
  }
}
