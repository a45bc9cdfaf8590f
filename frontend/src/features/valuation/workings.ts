import type { StoredDocument } from '@/api/upload';

import type { Method, Report, Valuation, Workings } from './status';

type Draft<T> = T extends string | number | boolean
  ? T | undefined
  : T extends readonly (infer E)[]
    ? (Draft<E> | undefined)[]
    : T extends object
      ? { [K in keyof T]?: Draft<T[K]> }
      : T;

/** The report's form: the same shape, with what isn't filled in yet missing. */
export type ReportValues = Omit<Report, 'workings'> & {
  workings: DraftWorkings;
  report_files?: StoredDocument[];
};

export type DraftWorkings = Draft<Workings>;

export const ZERO_DISCOUNT = {
  risk_free: '1.72',
  technology: '5',
  market: '4',
  finance: '3',
  specific: '3',
};

/** The methods whose inputs are complete; the rest is left out, so that it can be computed. */
export function completeWorkings(draft: DraftWorkings | undefined, methods: Method[]): Workings {
  const out: Workings = {};
  const income = draft?.income;
  const years = (income?.years ?? []).filter((year) => !!year?.income);
  if (methods.includes('income') && income?.variant && years.length > 0) {
    const { variant, share, discount } = income;
    out.income = {
      variant,
      share: variant === 'excess_earnings' ? '100' : (share ?? ''),
      ...(variant === 'royalty_relief' && income.tax ? { tax: income.tax } : {}),
      discount: {
        risk_free: discount?.risk_free ?? '0',
        technology: discount?.technology ?? '0',
        market: discount?.market ?? '0',
        finance: discount?.finance ?? '0',
        specific: discount?.specific ?? '0',
      },
      years: years.map((year) => ({
        income: year?.income ?? '',
        ...(variant === 'excess_earnings' && year?.charge ? { charge: year.charge } : {}),
        ...(variant === 'revenue_share' && year?.decay ? { decay: year.decay } : {}),
      })),
    };
    if (!out.income.share) delete out.income;
  }
  const comparables = (draft?.market?.comparables ?? []).filter((one) => !!one?.price);
  if (methods.includes('market') && comparables.length > 0) {
    out.market = {
      comparables: comparables.map((one) => ({
        name: one?.name ?? '',
        price: one?.price ?? '',
        adjustments: (one?.adjustments ?? []).filter((rate): rate is string => !!rate),
      })),
    };
  }
  const cost = draft?.cost;
  if (methods.includes('cost') && cost?.research) {
    out.cost = {
      research: cost.research,
      filing: cost.filing ?? '0',
      upkeep: cost.upkeep ?? '0',
      profit: cost.profit ?? '0',
      obsolescence: cost.obsolescence ?? '0',
    };
  }
  return out;
}

/** The scores of those rights on which somebody began to score. */
export function scoresOf(draft: DraftWorkings | undefined): Workings['scores'] {
  const begun = Object.entries(draft?.scores ?? {})
    .map(([asset, points]) => [
      asset,
      Object.fromEntries(Object.entries(points ?? {}).filter(([, point]) => !!point)),
    ])
    .filter(([, points]) => Object.keys(points as object).length > 0);
  return begun.length > 0 ? (Object.fromEntries(begun) as Workings['scores']) : undefined;
}

/** What the form starts with: the report so far, or an empty one of five years. */
export function initialReport(valuation: Valuation): Partial<ReportValues> {
  const written = valuation.workings;
  return {
    ...(valuation.valuation_on ? { valuation_on: valuation.valuation_on } : {}),
    value_type: valuation.value_type || 'market',
    method: valuation.method || 'income',
    second_method: valuation.second_method || (written ? '' : 'cost'),
    single_method_reason: valuation.single_method_reason,
    assumptions: valuation.assumptions,
    restrictions:
      valuation.restrictions || '本结论仅用于委托合同约定的质押融资目的，不得用于其他目的。',
    ...(valuation.total ? { total: valuation.total } : {}),
    items: valuation.items.map((item) => ({ asset_id: item.asset_id, value: item.value ?? '' })),
    workings: written ?? {
      income: {
        variant: 'revenue_share',
        discount: ZERO_DISCOUNT,
        years: [{}, {}, {}, {}, {}],
      },
      market: { comparables: [{}] },
      cost: {},
    },
  };
}
