import { useWords } from '../ui/context.tsx'

/** Below a form: whether it is kept, and the button that keeps it. */
export function SaveFoot({ state }: { state: string }) {
  const { t } = useWords()
  return (
    <div class="form-actions">
      <span role="status" class="quiet-words">
        {state === 'saved' && t('saved')}
      </span>
      <button type="submit" class="button primary" disabled={state === 'saving'}>
        {t('save')}
      </button>
    </div>
  )
}
