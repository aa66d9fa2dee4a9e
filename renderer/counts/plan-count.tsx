import {
  Button,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { person as personEntity } from '../../shared/entities/person.ts';
import { ABC_CLASSES } from '../../shared/entities/product.ts';
import { useQuery } from '@tanstack/react-query';
import { ReferencePicker } from '../records/reference-picker.tsx';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { useRecords } from '../records/use-records.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { type PlanDraft, usePlanForm } from './use-plan-form.ts';
import recordStyles from '../records/records.module.css';
import styles from './counts.module.css';

/** What is to be counted, by whom, until when and how often. */
export function PlanCount() {
  const { t } = useTranslation();
  const sites = useFollowedSites();
  const [chosen, setChosen] = useState<string | null>(null);
  const siteId = chosen ?? sites?.[0]?.id ?? null;
  return (
    <div className={recordStyles['page']}>
      <header className={recordStyles['head']}>
        <h1>{t('counts.new')}</h1>
        {(sites?.length ?? 0) > 1 && (
          <SiteSelect className={recordStyles['site']} value={siteId} onChange={setChosen} />
        )}
      </header>
      {siteId === null
        ? sites && <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />
        : sites && <PlanForm key={siteId} siteId={siteId} />}
    </div>
  );
}

function PlanForm({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const form = usePlanForm(siteId);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    form.save();
  };
  return (
    <form noValidate onSubmit={submit} className={recordStyles['card']}>
      <div className={styles['form']}>
        <What siteId={siteId} draft={form.draft} change={form.change} problem={form.problem} />
        <WhoAndWhen draft={form.draft} change={form.change} />
      </div>
      {form.error !== null && <ErrorWords error={wireErrorOf(form.error)} />}
      <div className={recordStyles['actions']}>
        <Button type="submit" aria-disabled={form.saving || undefined}>
          {t('counts.plan')}
        </Button>
        <Button component={Link} href="/counts" variant="default">
          {t('records.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  draft: PlanDraft;
  change: (fields: Partial<PlanDraft>) => void;
}

function What({
  siteId,
  draft,
  change,
  problem,
}: PartProps & { siteId: string; problem: boolean }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data: zones = [] } = useQuery(trpc.overview.zones.queryOptions({ siteId }));
  const names = zones.flatMap(({ zone }) => (zone === null ? [] : [zone]));
  return (
    <>
      <TextInput
        label={t('counts.code')}
        required
        error={problem ? t('counts.codeNeeded') : undefined}
        autoComplete="off"
        maxLength={64}
        value={draft.code}
        onChange={(event) => change({ code: event.currentTarget.value })}
      />
      <Select
        label={t('counts.zone')}
        placeholder={t('counts.allZones')}
        clearable
        searchable
        // Enter takes what was typed; without it the form would be sent, for all zones.
        selectFirstOptionOnChange
        clearButtonProps={{ 'aria-label': t('common.clear') }}
        data={names}
        value={draft.zone}
        onChange={(zone) => change({ zone })}
      />
      <ReferencePicker
        entity="category"
        siteId={null}
        label={t('counts.category')}
        error={undefined}
        clearable
        value={draft.categoryId}
        onChange={(categoryId) => change({ categoryId })}
      />
      <Select
        label={t('counts.class')}
        placeholder={t('counts.allClasses')}
        clearable
        clearButtonProps={{ 'aria-label': t('common.clear') }}
        data={[...ABC_CLASSES]}
        value={draft.abc}
        onChange={(abc) => change({ abc: ABC_CLASSES.find((one) => one === abc) ?? null })}
      />
      <NumberInput
        label={t('counts.notFor')}
        description={t('counts.notForHint')}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        max={3_650}
        value={draft.notForDays ?? ''}
        onChange={(days) => change({ notForDays: typeof days === 'number' ? days : null })}
      />
    </>
  );
}

function WhoAndWhen({ draft, change }: PartProps) {
  const { t } = useTranslation();
  const { records } = useRecords(personEntity);
  const people = records.filter(({ row }) => row.active);
  return (
    <>
      <MultiSelect
        size="md"
        label={t('counts.counters')}
        placeholder={draft.counters.length === 0 ? t('counts.anybody') : ''}
        clearable
        searchable
        clearButtonProps={{ 'aria-label': t('common.clear') }}
        data={people.map(({ id, row }) => ({ value: id, label: row.name }))}
        value={[...draft.counters]}
        onChange={(counters) => change({ counters })}
      />
      <TextInput
        type="datetime-local"
        label={t('counts.dueAt')}
        value={draft.due}
        onChange={(event) => change({ due: event.currentTarget.value })}
      />
      <NumberInput
        label={t('counts.repeatDays')}
        description={t('counts.repeatHint')}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        min={1}
        max={3_650}
        value={draft.repeatDays ?? ''}
        onChange={(days) => change({ repeatDays: typeof days === 'number' ? days : null })}
      />
      <Switch
        size="md"
        label={t('counts.blind')}
        description={t('counts.blindPlan')}
        checked={draft.blind}
        onChange={(event) => change({ blind: event.currentTarget.checked })}
      />
      <Textarea
        wrapperProps={{ 'data-wide': true }}
        label={t('records.column.note')}
        rows={3}
        maxLength={4_000}
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </>
  );
}
