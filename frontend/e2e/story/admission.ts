import { expect, type Page } from '@playwright/test';

import { act, countersign, days, expectStatus, field, fill, next, open, path, pick } from '../desk';
import { PASSWORD } from '../support';

/** A firm applies on the public site; a code with a slip in it stops it at the first step. */
export async function register(page: Page, firm: string, username: string, code: string) {
  await open(page, '/register', '申请入驻');
  await fill(page, { 单位全称: firm, 统一社会信用代码: '91430502MA4L00000X' });
  await pick(page, field(page, '所在县市区'), '双清区');
  await pick(page, field(page, '企业规模'), '小型');
  await next(page);
  await expect(page.getByText('请先更正统一社会信用代码')).toBeVisible();
  await fill(page, { 统一社会信用代码: code, '法定代表人（负责人）': '沈砚秋' });
  await days(page, { 成立日期: '2016-05-18' });
  await page.getByRole('checkbox', { name: '高新技术企业' }).check();
  await next(page);
  await fill(page, {
    联系人: '沈砚秋',
    联系电话: '13873900001',
    地址: '邵阳市双清区宝庆东路 1 号',
  });
  await next(page);
  await fill(page, { 登录名: username, 姓名: '沈砚秋', 口令: PASSWORD, 再次输入口令: PASSWORD });
  await page.getByRole('checkbox', { name: '已阅读并同意上述授权' }).check();
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '申请已提交' })).toBeVisible();
}

/** The bureau's two people admit it; whoever proposed can't sign. */
export async function admit(handler: Page, checker: Page, firm: string): Promise<void> {
  await open(handler, `/console/organizations?q=${encodeURIComponent(firm)}`, '入驻机构');
  await handler.locator('main').getByRole('link', { name: firm }).click();
  await expectStatus(handler, '待审核');
  const address = path(handler);
  await act(handler, '提出准入');
  await expect(handler.getByRole('button', { name: '复核通过' })).toHaveCount(0);
  await countersign(checker, address);
  await expectStatus(checker, '已准入');
}
