import { expect, test } from '@playwright/test';

import { Office, open, signIn } from './desk';
import { creditCode, serial } from './identifiers';
import { admit, register } from './story/admission';
import { PASSWORD } from './support';

/** The part of the story that people really do on a phone: applying, signing, looking. */
test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' });
test.skip(({ viewport }) => (viewport?.width ?? 0) >= 768, '桌面上走完整的故事');

const run = serial();
const firm = `邵阳市掌上精工${run.slice(-4)}有限公司`;
const boss = `zhangshang.${run}`;

let office: Office;

test.beforeAll(({ browser }) => {
  office = new Office(browser);
});
test.afterAll(async () => office.close());

test('手机上申请入驻，经办与复核在手机上办理', async () => {
  await register(await office.window('公众'), firm, boss, creditCode(`MB${run.slice(-6)}`));
  await admit(await office.desk('bureau.handler'), await office.desk('bureau.checker'), firm);
});

test('手机上登录，从菜单到列表，行变成卡片', async () => {
  const signatory = await office.window(boss);
  await signIn(signatory, boss, PASSWORD);
  await signatory.getByRole('button', { name: '打开菜单' }).click();
  await signatory.getByRole('dialog').getByRole('link', { name: '贷款产品' }).click();
  await expect(signatory.getByRole('heading', { level: 1, name: '贷款产品' })).toBeVisible();
  await expect(signatory.locator('main table')).toHaveCount(0);
  const product = signatory.locator('main').getByRole('link', { name: '知产易贷' });
  await product.click();
  await expect(signatory.getByRole('heading', { level: 1, name: '知产易贷' })).toBeVisible();
});

test('手机上看公开指标与公示', async () => {
  const anybody = await office.window('公众');
  await open(anybody, '/');
  await anybody.getByRole('button', { name: '打开导航' }).click();
  await anybody.getByRole('dialog').getByRole('link', { name: '公开指标' }).click();
  await expect(anybody.getByRole('heading', { level: 1, name: '公开指标' })).toBeVisible();
  await expect(anybody.getByText(/年质押融资额$/).first()).toBeVisible();
});
