import { execFileSync } from 'node:child_process';

import { expect, test, type Locator, type Page } from '@playwright/test';

import {
  act,
  attach,
  countersign,
  days,
  expectStatus,
  field,
  fill,
  idOf,
  Office,
  open,
  path,
  pick,
} from './desk';
import { axeFaults, date, overflowFaults, picture, wordFaults } from './support';

/**
 * One claim from its filing to the year's settlement, everybody at a desk of their own, a
 * picture of each step (SCREENS names the folder). It runs alone, on a demo of its own:
 * CLAIM_WALK is the address of that demo's database, because a publicity lasts five working
 * days that only the database can let pass.
 */
const database = process.env['CLAIM_WALK'];

test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.use({ trace: 'off' });
test.skip(!database, '须另给演示库的地址 CLAIM_WALK');
test.skip(({ viewport }) => (viewport?.width ?? 0) < 768, '手机宽度在同一程里拍');

let office: Office;
/** The sign-ins of the bank whose claim it is begin so; which bank that is, the story decides. */
let bank = '';
let address = '';
let recovery = '';
let step = 0;
/** What is wrong with the pages looked at; told at the end, so that the walk goes on. */
const faults: string[] = [];

test.beforeAll(({ browser }) => {
  office = new Office(browser);
  // The people of the smaller banks have their first password still.
  sql(
    `update user_account set must_change_password = false, password_changed_at = now() where username like 'bank%'`,
  );
});
test.afterAll(async () => office.close());

/** Looks at the page as it stands, on a desk and where asked on a phone. */
async function look(page: Page, name: string, phone = false): Promise<void> {
  step += 1;
  const label = `${String(step).padStart(2, '0')}-${name}`;
  for (const [width, height] of phone
    ? [[1440, 900] as const, [390, 844] as const]
    : [[1440, 900] as const]) {
    await page.setViewportSize({ width, height });
    await page.waitForLoadState('networkidle');
    await picture(page, 'claim', label);
    for (const each of [
      ...(await overflowFaults(page)),
      ...(await wordFaults(page)),
      ...(await axeFaults(page)),
    ]) {
      faults.push(`${label} ${width}：${each}`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

const sentence = (text: string) => async (dialog: Locator) => {
  await dialog.getByRole('textbox').first().fill(text);
};

const opinion = (text: string) => (dialog: Locator) => fill(dialog, { 审核意见: text });

function sql(statement: string): string {
  return execFileSync('psql', [database ?? '', '-qAtc', statement], { encoding: 'utf8' }).trim();
}

/** Five working days pass: the period ended the day before yesterday. */
function passPublicity(): void {
  sql(
    `update claim set publicity_from = current_date - 12, publicity_until = current_date - 2 where id = '${idOf(address)}'`,
  );
}

test('银行撤回旧申请，重新申请，材料齐全后两人提交', async () => {
  const manager = await office.desk('fund.handler');
  const answer = await manager.request.get('/api/v1/claims', { params: { status: 'submitted' } });
  const { items } = (await answer.json()) as { items: { id: string; borrower_name: string }[] };
  const [old] = items;
  expect(old, '待受理的补偿申请').toBeDefined();
  bank = sql(
    `select split_part(u.username, '.', 1) from claim c join user_account u on u.org_id = c.bank_id where c.id = '${old?.id ?? ''}' and u.username like '%.officer'`,
  );
  await open(manager, `/console/claims/${old?.id ?? ''}`);
  await act(manager, '要求补正', { form: sentence('请重新申请。') });
  const officer = await office.desk(`${bank}.officer`);
  await open(officer, `/console/claims/${old?.id ?? ''}`);
  await act(officer, '撤回', { button: '撤回' });
  await expectStatus(officer, '已撤回');

  await open(officer, '/console/claims/new', '申请补偿');
  await pick(officer, field(officer, '在保贷款'), old?.borrower_name ?? '');
  await expect(officer.getByText('合格损失').first()).toBeVisible();
  await pick(officer, field(officer, '立案方式'), '诉讼');
  await fill(officer, {
    案号: '（2026）湘0521民初318号',
    申请报告: '借款人停产，到期未还本金，经多次催收无果，已诉至法院并获受理。',
    追偿方案: '申请拍卖质押专利，同时执行保证人财产，回款按比例返还基金。',
  });
  const papers = officer.locator('main ol > li');
  const count = await papers.count();
  expect(count).toBe(9);
  for (let at = 0; at < count; at++) await attach(papers.nth(at), `${at + 1}. `, `材料${at + 1}`);
  await look(officer, 'filing', true);
  await officer.getByRole('button', { name: '保存' }).click();
  await officer.waitForURL(/claims\/[0-9a-f-]{36}$/);
  address = path(officer);
  await look(officer, 'draft');
  await act(officer, '提交复核');
  await countersign(await office.desk(`${bank}.reviewer`), address);
  await expectStatus(await office.desk(`${bank}.reviewer`), '待受理');
});

test('补正停止计时，补正后重新起算，受理，初审两人', async () => {
  const manager = await office.desk('fund.handler');
  await open(manager, address);
  await act(manager, '要求补正', { form: sentence('缺少法院缴费通知，请补充。') });
  await expect(manager.getByText('第 1 次补正，受理期限停止计算')).toBeVisible();
  await look(manager, 'correction');
  const officer = await office.desk(`${bank}.officer`);
  await open(officer, address);
  await act(officer, '补正后提交');
  await countersign(await office.desk(`${bank}.reviewer`), address);
  await open(manager, address);
  await expect(manager.getByText('已补正 1 次')).toBeVisible();
  await act(manager, '受理');
  await expectStatus(manager, '已受理');
  await look(manager, 'accepted');
  await act(manager, '初审', {
    button: '提交复核',
    form: async (dialog) => {
      await days(dialog, { 现场核查日期: date() });
      await fill(dialog, {
        现场核查情况: '到企业现场核查，生产线停工，质押专利权属无变化。',
        审核意见: '贷款真实，质押登记有效，损失计算无误。',
      });
    },
  });
  const checker = await office.desk('fund.checker');
  await open(checker, address);
  await look(checker, 'first-review-to-sign');
  await countersign(checker, address);
  await expectStatus(checker, '已初审');
});

test('随机抽取专家，逐人评分，种子留痕', async () => {
  const manager = await office.desk('fund.handler');
  await open(manager, address);
  await act(manager, '抽取专家', { button: '抽取专家' });
  await expect(manager.getByRole('button', { name: '抽取专家' })).toHaveCount(0);
  for (let at = 1; at <= 7; at++) {
    const expert = await office.desk(`expert${at}`);
    const seen = await expert.request.get(`/api/v1/claims/${idOf(address)}`);
    if (seen.status() !== 200) continue;
    await open(expert, address);
    await act(expert, '评分', {
      button: '提交评分',
      form: async (dialog) => {
        const points = dialog.getByRole('spinbutton');
        await expect(points.first()).toBeVisible();
        for (const each of await points.all()) await each.fill('18');
        await fill(dialog, { 评审意见: '材料齐全，损失真实，同意按初审金额补偿。' });
        if (at < 3) await look(expert, `scoring-${at}`);
      },
    });
  }
  await open(manager, `${address}?tab=experts`);
  await expectStatus(manager, '专家已评审');
  await look(manager, 'experts', true);
});

test('知识产权局复核，公示，公众提出异议得到回执，答复', async () => {
  const handler = await office.desk('bureau.handler');
  const checker = await office.desk('bureau.checker');
  await open(handler, address);
  await act(handler, '复核', { button: '提交复核', form: opinion('同意初审与专家意见。') });
  await countersign(checker, address);
  await open(handler, address);
  await act(handler, '公示', {
    button: '提交复核',
    form: (dialog) =>
      fill(dialog, {
        '异议受理单位、办公电话与地址': '邵阳市市场监督管理局知识产权科 0739-5300000',
      }),
  });
  await countersign(checker, address);
  await expectStatus(checker, '公示中');
  await look(checker, 'publicised');

  const anybody = await office.window('公众');
  await open(anybody, '/publicity', '补偿公示');
  await look(anybody, 'public-list', true);
  await anybody.locator('main table').first().getByRole('link').first().click();
  await expect(anybody.getByRole('heading', { name: '提出异议' })).toBeVisible();
  await fill(anybody, {
    姓名或单位名称: '邵东市民刘某',
    联系电话或邮箱: '13873900002',
  });
  await anybody
    .locator('main textarea')
    .first()
    .fill('该企业的一条生产线仍在开工，请核查其还款能力。');
  await anybody.getByRole('checkbox').first().check();
  await look(anybody, 'public-notice', true);
  await anybody.getByRole('button', { name: /提交异议/ }).click();
  await expect(anybody.getByText(/YY\d+/).first()).toBeVisible();
  await look(anybody, 'objection-receipt');

  await open(handler, address);
  await expectStatus(handler, '异议处理中');
  await act(handler, '答复异议', {
    button: '提交复核',
    form: async (dialog) => {
      await fill(dialog, { 答复内容: '经核查，该生产线系他人租赁经营，异议不成立。' });
      await look(handler, 'objection-answer');
    },
  });
  await countersign(checker, address);
  await expectStatus(checker, '已复核');
});

test('公示期满：核准，财政局会签，分两次拨付', async () => {
  passPublicity();
  const handler = await office.desk('bureau.handler');
  await open(handler, address);
  await act(handler, '核准', { form: sentence('公示期满，异议已答复，同意补偿。') });
  await countersign(await office.desk('bureau.checker'), address);
  const finance = await office.desk('finance.checker');
  await open(finance, address);
  await look(finance, 'to-confirm');
  await act(finance, '会签核准');
  await expectStatus(finance, '已核准');

  // Those approved earlier are paid first; the balance has room for all of them.
  const treasurer = await office.desk('treasurer');
  for (const [at, amount] of [
    [1, '5000'],
    [2, ''],
  ] as const) {
    await open(treasurer, address);
    await act(treasurer, '登记拨付', {
      button: '提交复核',
      form: async (dialog) => {
        if (amount) await fill(dialog, { 拨付金额: amount });
        await days(dialog, { 拨付日期: date() });
        await fill(dialog, { 付款凭证号: `国库支付${date().replace(/-/g, '')}9${at}` });
        await look(treasurer, `pay-${at}`);
      },
    });
    await countersign(finance, address);
    await expectStatus(finance, at === 1 ? '部分拨付' : '已拨付');
  }
  await open(finance, `${address}?tab=payouts`);
  await look(finance, 'paid', true);
  await open(treasurer, '/console/claims', '风险补偿');
  await treasurer.getByRole('button', { name: '导入拨付结果' }).click();
  await look(treasurer, 'payment-return');
});

test('回款扣费用后按比例分配，基金部分到账，账簿可查', async () => {
  const officer = await office.desk(`${bank}.officer`);
  await open(officer, address);
  await officer
    .locator('main')
    .getByRole('link', { name: /^ZK\d+/ })
    .click();
  await officer.waitForURL(/recoveries\/[0-9a-f-]{36}$/);
  recovery = path(officer);
  await look(officer, 'recovery-empty');
  await act(officer, '登记回款', {
    button: '提交复核',
    form: async (dialog) => {
      await fill(dialog, { 回款总额: '12345.67' });
      await days(dialog, { 到账日期: date() });
      await pick(officer, field(dialog, '回款来源'), '质物拍卖');
      await dialog.getByRole('button', { name: /费用/ }).click();
      await pick(officer, field(dialog, '费用种类'), '拍卖');
      await fill(dialog, { 金额: '845.67' });
      await attach(dialog, '入账凭证、费用票据', '入账凭证');
      await look(officer, 'receive', true);
    },
  });
  const reviewer = await office.desk(`${bank}.reviewer`);
  await countersign(reviewer, recovery);
  await expect(reviewer.locator('main')).toContainText('11,500.00');
  await look(reviewer, 'distributed', true);
  await open(reviewer, `${recovery}?tab=bearers`);
  await look(reviewer, 'bearers', true);

  const treasurer = await office.desk('treasurer');
  await open(treasurer, recovery);
  await act(treasurer, '确认到账', {
    button: '提交复核',
    form: async (dialog) => {
      await days(dialog, { 到账日期: date() });
      await fill(dialog, { 入账凭证号: `国库收款${date().replace(/-/g, '')}91` });
      await look(treasurer, 'transfer');
    },
  });
  const finance = await office.desk('finance.checker');
  await countersign(finance, recovery);
  await look(finance, 'transferred');
});

test('年度清算、信息公开、企业只读页、审计、账簿与模拟', async () => {
  const pages: [string, string, string | RegExp, string][] = [
    [`${bank}.officer`, '/console/settlements', '年度清算', 'settlement-bank'],
    ['fund.handler', '/console/settlements', '年度清算', 'settlement'],
    ['auditor', '/console/audit', /.*/, 'audit'],
    ['bureau.handler', '/console/subsidies', /.*/, 'subsidies'],
    ['bureau.handler', '/console/simulations', /.*/, 'simulations'],
    ['treasurer', '/console/ledger', /.*/, 'ledger'],
    ['treasurer', '/console/recoveries', '追偿核销', 'recoveries'],
  ];
  for (const [who, at, title, name] of pages) {
    const page = await office.desk(who);
    await open(page, at, title);
    await look(page, name, true);
  }
  const anybody = await office.window('公众');
  await open(anybody, '/disclosure', '基金信息公开');
  await look(anybody, 'disclosure', true);
  expect(faults).toEqual([]);
});
