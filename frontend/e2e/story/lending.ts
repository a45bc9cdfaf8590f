import { expect, type Page } from '@playwright/test';

import { act, attach, countersign, days, field, fill, idOf, open, path } from '../desk';
import { date } from '../support';

/** The bank's credit decision becomes a loan that waits for its signatures. */
export async function approveLoan(approver: Page, bid: string, contract: string): Promise<string> {
  await open(approver, `/console/loans/new?bid=${idOf(bid)}`, '登记授信审批结果');
  await fill(approver, { 借款合同编号: contract });
  await approver.getByRole('button', { name: '登记', exact: true }).click();
  await approver.waitForURL(/loans\/[0-9a-f-]{36}$/);
  return path(approver);
}

/** One contract for each register; gives the pledge's address. */
export async function draftPledge(page: Page, bid: string, contract: string, right: string) {
  await open(page, `/console/pledges/new?bid=${idOf(bid)}`, '起草质押合同');
  await fill(page, { 质押合同编号: contract, 担保金额: '600000' });
  await days(page, { 主债权到期日: date(420) });
  const line = page.locator('main strong').filter({ hasText: right }).locator('xpath=../..');
  await line.getByRole('button', { name: '加入组合' }).click();
  await page.getByLabel(`${right}分担的担保金额`).fill('600000');
  await attach(page, '质押合同扫描件', '质押合同');
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL(/pledges\/[0-9a-f-]{36}$/);
  return path(page);
}

/** The pledgor signs, the bank files with the office. */
export async function filePledge(signatory: Page, officer: Page, address: string) {
  await open(signatory, address);
  await act(signatory, '签署质押合同');
  await open(officer, address);
  await act(officer, '申报登记', { form: () => Promise.resolve(), button: '登记申报' });
}

/** Enters the certificate; a colleague checks it. */
export async function registerPledge(officer: Page, reviewer: Page, address: string, no: string) {
  await open(officer, address);
  await act(officer, '登记结果', {
    button: '提交复核',
    form: async (dialog) => {
      await fill(dialog, { 质押登记号: no });
      await days(dialog, { 登记日期: date(), 登记期限届满日: date(420) });
      await attach(dialog, '登记机关出具的证书或通知书', '质押登记证');
    },
  });
  await countersign(reviewer, address);
}

/** Ticks every condition that has to be met before money flows. */
export async function checkConditions(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog').last();
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
}

/** Both parties sign the loan contract. */
export async function signLoan(signatory: Page, reviewer: Page, address: string): Promise<void> {
  for (const page of [signatory, reviewer]) {
    await open(page, address);
    await act(page, '签署借款合同', {
      button: '签署',
      form: (dialog) => attach(dialog, '借款合同扫描件', '借款合同'),
    });
  }
}

/** A payment of principal before it is due: what it is for is shown first. */
export async function repay(officer: Page, reviewer: Page, address: string, amount: string) {
  await open(officer, address);
  await act(officer, '登记还款', {
    button: '确认并提交复核',
    form: async (dialog) => {
      await field(dialog, '还款金额').fill(amount);
      await dialog.getByRole('checkbox', { name: /^提前还款/ }).check();
      await dialog.getByRole('button', { name: '试算' }).click();
      await expect(dialog.getByText('冲销顺序与金额')).toBeVisible();
      await expect(dialog.getByText('提前归还的本金')).toBeVisible();
    },
  });
  await countersign(reviewer, address);
}
