import { expect, type Page } from '@playwright/test';

import {
  act,
  attach,
  countersign,
  days,
  expectStatus,
  fill,
  field,
  next,
  open,
  path,
  pick,
} from '../desk';
import { date } from '../support';

/** What is written about a right when it is entered. */
export interface Right {
  kind: '发明专利' | '注册商标';
  title: string;
  number: string;
}

/** Enters a right with its scans; gives its address. */
export async function enterRight(page: Page, right: Right): Promise<string> {
  await open(page, '/console/assets/new', '登记知识产权');
  if (right.kind === '注册商标') {
    await pick(page, field(page, '权利种类'), /^注册商标$/);
    await fill(page, { 商标名称: right.title, 商标注册号: right.number, 商标类别: '9' });
  } else {
    await fill(page, { 发明创造名称: right.title, 专利号: right.number, 主分类号: 'G01N 21/88' });
  }
  await expect(page.getByLabel('校验通过')).toBeVisible();
  await next(page);
  if (right.kind === '注册商标') {
    await days(page, { 注册日: '2020-06-14' });
  } else {
    await days(page, { 申请日: '2021-03-10', 授权公告日: '2022-09-02', 年费已缴至: '2027-03-10' });
  }
  await next(page);
  await days(page, { '登记簿副本（商标档案）出具日': date() });
  await fill(page, { 上年相关产品销售收入: '18600000' });
  await attach(page, '登记簿副本或商标档案扫描件', '登记簿副本');
  await attach(page, '权利证书扫描件', '权利证书');
  await page.getByRole('button', { name: '存为草稿' }).click();
  await expect(page.getByRole('heading', { level: 1, name: right.title })).toBeVisible();
  await expect(page.getByText('权利证书.pdf')).toBeVisible();
  return path(page);
}

interface Verifiers {
  operator: Page;
  signatory: Page;
  handler: Page;
  checker: Page;
}

/** From the draft to the shelf: two of the enterprise, two of the bureau. */
export async function verifyRight(address: string, people: Verifiers): Promise<void> {
  const { operator, signatory, handler, checker } = people;
  await open(operator, address);
  await act(operator, '提交复核');
  await countersign(signatory, address);
  await expectStatus(signatory, '待核验');
  await open(handler, address);
  await act(handler, '核验通过');
  await countersign(checker, address);
  await expectStatus(checker, '已核验');
  await open(signatory, address);
  await act(signatory, '上架融资');
  await expectStatus(signatory, '可融资');
}

interface Appraisal {
  titles: [string, string];
  values: [string, string];
  total: string;
}

/** Orders a valuation of both rights; gives its address. */
export async function orderValuation(page: Page, titles: readonly string[]): Promise<string> {
  await open(page, '/console/valuations/new', '委托评估');
  await pick(page, field(page, '评估对象'), ...titles);
  await pick(page, field(page, '评估机构'), '湘中正衡');
  await page.getByRole('button', { name: '提交委托' }).click();
  await page.waitForURL(/valuations\/[0-9a-f-]{36}$/);
  return path(page);
}

/** Accepts the order and writes the report by two methods. */
export async function writeReport(page: Page, address: string, report: Appraisal): Promise<void> {
  await open(page, address);
  await act(page, '接单', { form: (dialog) => fill(dialog, { 评估费: '12000' }) });
  await page.getByRole('button', { name: '编制报告' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '编制评估报告' })).toBeVisible();
  await days(page, { 评估基准日: date() });
  await fill(page, {
    评估假设: '企业持续经营，相关产品按计划销售，权利在收益期内有效。',
    分成率: '6.5',
    研发成本: '1800000',
    申请与代理费: '26000',
    维持费: '12000',
    合理利润: '360000',
    贬值率: '12',
  });
  const incomes = page.getByLabel(/^销售收入/);
  for (let year = 0; year < 5; year++)
    await incomes.nth(year).fill(String(18_000_000 + year * 900_000));
  await expect(page.getByText('收益法').first()).toBeVisible();
  const { titles, values, total } = report;
  for (const at of [0, 1] as const) {
    await page.getByLabel(new RegExp(`^${titles[at]}（`)).fill(values[at]);
  }
  await fill(page, { 评估值合计: total });
  await page.getByRole('button', { name: '保存报告' }).click();
  await page.waitForURL(new RegExp(`${address}$`));
}
