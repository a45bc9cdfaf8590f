import { expect, test, type Page } from '@playwright/test';

import { open } from './desk';
import { as } from './support';

/** Part eleven of the main job: every figure opens down to its rows, and the books prove themselves. */
test.use({ trace: 'off' });

interface Rows {
  items: { amount: string; disbursed_on: string }[];
  sum: string;
  next_cursor?: string;
}

/** Fen, exactly: "1500000.00" → 150000000n. */
function fen(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

/** All rows behind the year's figure, page by page, and what the server says is their sum. */
async function rowsOf(page: Page, year: number): Promise<{ total: bigint; said: string }> {
  let total = 0n;
  let said: string;
  let cursor: string | undefined;
  do {
    const answer = await page.request.get('/api/v1/indicators/disbursements', {
      params: { year, limit: 10, ...(cursor ? { cursor } : {}) },
    });
    expect(answer.status()).toBe(200);
    const rows = (await answer.json()) as Rows;
    for (const row of rows.items) total += fen(row.amount);
    said = rows.sum;
    cursor = rows.next_cursor || undefined;
  } while (cursor);
  return { total, said };
}

/** The figure on a card, with its unit: "3,830.00万元". */
async function figure(page: Page, label: RegExp): Promise<string> {
  const card = page.locator('main [data-tone]').filter({ hasText: label });
  return (await card.locator('.num').first().innerText()).replace(/\s/g, '');
}

test('十一、年度放款金额打开到逐笔放款，合计相等', async ({ page }) => {
  await as(page, 'bureau.handler');
  await expect(async () => {
    await open(page, '/console/indicators', '运行总览');
    const year = await figure(page, /^年度放款金额/);
    await page.getByRole('link', { name: /^年度放款金额/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: '放款明细' })).toBeVisible();
    await expect(page.getByText('明细合计')).toBeVisible();
    expect(await figure(page, /^明细合计/)).toBe(year);
  }).toPass();

  const { total, said } = await rowsOf(page, Number(new URL(page.url()).searchParams.get('year')));
  expect(total).toBe(fen(said));

  // Down to the loan itself.
  await page
    .locator('main')
    .getByRole('link', { name: /^DK\d+/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: /的贷款$/ })).toBeVisible();
});

test('十一、公开指标与主管部门所用为同一个数', async ({ page }) => {
  // Another journey may pay out a loan between the two looks.
  await expect(async () => {
    await open(page, '/figures', '公开指标');
    await expect(page.getByText(/年质押融资额$/).first()).toBeVisible();
    const published = await figure(page, /年质押融资额/);
    await as(page, 'bureau.handler');
    await open(page, '/console/indicators', '运行总览');
    await expect(page.getByText('年度放款金额')).toBeVisible();
    expect(await figure(page, /^年度放款金额/)).toBe(published);
  }).toPass();
});

test('十一、审计管理员校验账簿与日志，均完好', async ({ page }) => {
  await as(page, 'auditor');
  await open(page, '/console/ledger/verification', '账簿校验');
  // The banner of an earlier run stands there already: only this run's own answer counts.
  const answered = page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/api/v1/ledger/verifications') && answer.request().method() === 'POST',
  );
  await page.getByRole('button', { name: '立即校验' }).click();
  const answer = await answered;
  expect(answer.ok(), `校验返回 ${answer.status()}`).toBe(true);
  const run = (await answer.json()) as {
    ok: boolean;
    entries: number;
    books: { entries: number }[];
  };
  expect(run.ok).toBe(true);
  expect(run.entries).toBeGreaterThan(0);
  expect(run.books.reduce((sum, book) => sum + book.entries, 0)).toBe(run.entries);
  const counted = new Intl.NumberFormat('en-US').format(run.entries);
  await expect(page.getByText(`最近一次校验通过：${counted} 笔分录完好`)).toBeVisible();
  await expect(page.getByText('断裂', { exact: true })).toHaveCount(0);
  await open(page, '/console/audit');
  await page.getByRole('button', { name: '校验完整性' }).click();
  await expect(page.getByText(/校验通过：\d+ 条记录首尾相连，未被改动/)).toBeVisible();
});

test('十一、业务人员看不到审计日志，企业看不到别家的贷款', async ({ page }) => {
  await as(page, 'bank.officer');
  const audit = await page.request.get('/api/v1/audit');
  expect(audit.status()).toBe(403);
  await page.goto('/console/audit');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: '校验完整性' })).toHaveCount(0);
});
