import type { Finding, Source } from './sources.ts'

/** What belongs to somebody's workplace and not to the product. */
const workplace: { pattern: RegExp; what: string }[] = [
  { pattern: /(?<![\w.-])\/(work|home|Users|root)\/[\w.-]+/, what: 'a path of somebody’s machine' },
  { pattern: /\bregistry\.[\w-]+\.\w+|\/artifactory\/|\bnpm-proxy\b/, what: 'the host of a registry' },
  { pattern: /"resolved":/, what: 'where a package was fetched from' },
  { pattern: /\b(10\.\d+\.\d+|192\.168\.\d+)\.\d+\b/, what: 'an address of somebody’s network' },
]

export const workplaceWords = ({ path, text }: Source): Finding[] =>
  text.split('\n').flatMap((line, i) =>
    workplace.flatMap(({ pattern, what }) => {
      const word = pattern.exec(line)?.[0]
      return word ? [`${path}:${i + 1}: ${word} is ${what}; the repository speaks of the product alone`] : []
    }),
  )
