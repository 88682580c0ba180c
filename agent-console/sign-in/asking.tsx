import { useWords } from '../ui/context.tsx'
import { Icon, Logo } from '../ui/icons.tsx'
import { Skeleton } from '../ui/parts.tsx'

/** Until it is known who is there: the shape of what comes, and why it takes long. */
export function Asking({ unreachable }: { unreachable: boolean }) {
  const { t } = useWords()
  return (
    <main class="door" aria-label={t('product')}>
      <div class="door-card">
        <p class="door-sign" aria-hidden="true">
          <Logo size={36} />
          <span>{t('product')}</span>
        </p>
        {unreachable ? (
          <p class="door-about asking" role="status">
            <Icon name="cloud" size={18} />
            {t('stillTrying')}
          </p>
        ) : (
          <Skeleton rows={3} />
        )}
      </div>
    </main>
  )
}
