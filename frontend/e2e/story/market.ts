import { expect, type Page } from '@playwright/test';

import { act, attach, countersign, days, fill, next, open, path } from '../desk';
import { date } from '../support';

/** Writes down what credit is asked for and on which rights; gives the need's address. */
export async function draftNeed(page: Page, title: string, rights: readonly string[]) {
  await open(page, '/console/needs/new', '发布融资需求');
  await fill(page, {
    需求名称: title,
    融资金额: '1200000',
    '期限（月）': '12',
    可承受的最高年利率: '4.30',
  });
  await next(page);
  await fill(page, { 用途说明: '采购光学元件与精密导轨，按订单备货。' });
  await attach(page, '附件', '购销合同');
  await next(page);
  for (const right of rights) await page.getByLabel(`选择${right}`).check();
  await page.getByRole('button', { name: '存为草稿' }).click();
  await page.waitForURL(/needs\/[0-9a-f-]{36}\?tab=matches/);
  return path(page);
}

export interface Offer {
  amount: string;
  rate: string;
  validUntil?: string;
}

/** The loan officer drafts and hands in, the reviewer signs; gives the bid's address. */
export async function bid(officer: Page, reviewer: Page, need: string, offer: Offer) {
  await open(officer, need);
  await officer.getByRole('button', { name: '我要报价' }).click();
  await expect(officer.getByRole('heading', { level: 1, name: '起草报价' })).toBeVisible();
  await fill(officer, { 报价金额: offer.amount, 年利率: offer.rate, 质押率: '40' });
  await days(officer, { 报价有效期至: offer.validUntil ?? date(60) });
  await officer.getByRole('button', { name: '存为草稿' }).click();
  await officer.waitForURL(/bids\/[0-9a-f-]{36}$/);
  const address = path(officer);
  await act(officer, '提交签署');
  await countersign(reviewer, address);
  return address;
}

/** What the comparison says of a bank, by the titles of its columns. */
export async function compared(page: Page, bank: string): Promise<string> {
  const table = page.getByRole('table').filter({ hasText: '总成本' });
  return table.getByRole('row').filter({ hasText: bank }).innerText();
}
