import { limits } from '../limits.ts'
import { isBlank } from './blank.ts'
import { onOneLine } from './unseen.ts'

/** Longer ones are no endings by which anybody knows a file. */
const longestEnding = 12

/**
 * A file's name as it may be shown and saved: without folders, without what would show another name
 * than is saved, and not longer than the limit; its ending stays.
 */
export function fileName(given: string): string {
  const name = onOneLine(given.split(/[/\\]/).at(-1) ?? '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return isBlank(name) ? 'file' : shortened([...name], limits.fileNameCharacters)
}

function shortened(letters: string[], most: number): string {
  if (letters.length <= most) return letters.join('')
  const dot = letters.lastIndexOf('.')
  const ending = dot > 0 && letters.length - dot <= longestEnding ? letters.slice(dot) : []
  return [...letters.slice(0, most - ending.length), ...ending].join('')
}
