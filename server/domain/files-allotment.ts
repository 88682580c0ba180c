import type { SiteId } from '../../shared/ids.ts'
import { day, limits } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { FileHistory, StoredFile } from '../history/files.ts'
import type { Clock } from './ports.ts'

export interface Uploader {
  siteId: SiteId
  /** The same for all uploads of one person. */
  key: string
  /** Null while the store does not know them. */
  owner: StoredFile['owner'] | null
  /** A visitor's network; null for agents, whom we know. */
  address: string | null
}

interface UnderWay {
  siteId: SiteId
  key: string
  address: string | null
  bytes: number
}

/**
 * At once, since each holds a file open and writes to the disk: of one person, of one network, which may make up as
 * many persons as it likes and send them slowly, and of all visitors. Agents find room whatever visitors do.
 */
const atOnce = { own: 4, network: 16, visitors: 64 }
const retryAfterMs = 2_000

/** What may still be uploaded today, what is under way included. */
export class Allotment {
  private readonly underWay = new Set<UnderWay>()

  constructor(
    private readonly files: Pick<FileHistory, 'spent'>,
    private readonly clock: Clock,
  ) {}

  /** Room for so many bytes; to be released once they are stored, or will not be. */
  async reserve(uploader: Uploader, bytes: number): Promise<Result<{ release(): void }>> {
    if (this.isCrowded(uploader))
      return failure('rate_limited', 'Too many files at once. Wait a moment.', { retryAfterMs })
    const { siteId, key, address } = uploader
    const mine = { siteId, key, address, bytes }
    this.underWay.add(mine)
    const release = () => void this.underWay.delete(mine)
    try {
      const refused = await this.exceeded(uploader)
      if (refused) release()
      return refused ?? success({ release })
    } catch (fault) {
      release()
      throw fault
    }
  }

  private isCrowded({ siteId, key, address }: Uploader): boolean {
    const others = [...this.underWay]
    const own = others.filter((one) => one.key === key && one.siteId === siteId)
    if (own.length >= atOnce.own) return true
    if (address === null) return false
    const visitors = others.filter((one) => one.address !== null)
    const near = visitors.filter((one) => one.address === address)
    return near.length >= atOnce.network || visitors.length >= atOnce.visitors
  }

  private async exceeded({ siteId, key, owner, address }: Uploader): Promise<Result<never> | null> {
    const isVisitor = address !== null
    const since = this.clock.now() - day
    const spent = await this.files.spent({ owner, siteId, since })
    const ofSite = [...this.underWay].filter((one) => one.siteId === siteId)
    const own = ofSite.filter((one) => one.key === key)
    if (isVisitor && spent.ownBytes + sum(own) > limits.fileBytesOfVisitorDay)
      return dayIsFull(`${megabytes(limits.fileBytesOfVisitorDay)} MB`, 'day')
    if (isVisitor && spent.ownFiles + own.length > limits.filesOfVisitorDay)
      return dayIsFull(`${limits.filesOfVisitorDay} files`, 'day')
    if (spent.siteBytes + sum(ofSite) > limits.fileBytesOfSiteDay)
      return dayIsFull(`${megabytes(limits.fileBytesOfSiteDay)} MB for the whole site`, 'site')
    return null
  }
}

const sum = (all: readonly UnderWay[]): number => all.reduce((total, { bytes }) => total + bytes, 0)

const megabytes = (bytes: number): number => bytes / 1024 / 1024

/** Not `rate_limited`: a message that waited for tomorrow would hold up all that its author says today. */
const dayIsFull = (most: string, path: string) =>
  failure('too_large', `Within a day at most ${most} can be uploaded.`, { path })
