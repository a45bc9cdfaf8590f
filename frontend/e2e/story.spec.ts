import { expect, test } from '@playwright/test';

import { act, attach, countersign, expectStatus, fill, idOf, Office, open, signIn } from './desk';
import { creditCode, patentNumber, serial } from './identifiers';
import { admit, register } from './story/admission';
import {
  approveLoan,
  checkConditions,
  draftPledge,
  filePledge,
  registerPledge,
  repay,
  signLoan,
} from './story/lending';
import { bid, compared, draftNeed } from './story/market';
import { enterRight, orderValuation, verifyRight, writeReport } from './story/rights';
import { PASSWORD } from './support';

/**
 * The main job from end to end, by the screens: a new enterprise from its registration to a
 * loan in the fund. The parts build on one another, so one failure ends the story.
 */
test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ trace: 'off' });

const run = serial();
const firm = `邵阳市云杉精密仪器${run.slice(-4)}有限公司`;
const boss = `yunshan.${run}`;
const clerk = `yunshan.jb.${run}`;
const patent = `一种微孔尺寸的光学检测装置${run.slice(-4)}`;
const mark = `云杉测准${run.slice(-4)}`;
const told = {
  rights: ['', ''],
  valuation: '',
  need: '',
  bids: ['', ''],
  loan: '',
  pledges: ['', ''],
};

let office: Office;

test.beforeAll(({ browser }) => {
  office = new Office(browser);
});
test.afterAll(async () => office.close());
test.skip(({ viewport }) => (viewport?.width ?? 0) < 768, '手机上另有简短的一程');

test('一、企业在公开页面申请入驻，信用代码有误不能提交', async () => {
  await register(await office.window('公众'), firm, boss, creditCode(`MA${run.slice(-6)}`));
});

test('一、知识产权局经办提出准入，复核签署', async () => {
  await admit(await office.desk('bureau.handler'), await office.desk('bureau.checker'), firm);
});

test('一、企业签署人登录，为经办人开立账号，经办人改口令', async () => {
  const signatory = await office.window(boss);
  await signIn(signatory, boss, PASSWORD);
  await open(signatory, '/console/users', '用户与角色');
  await signatory.getByRole('button', { name: '开立账号' }).first().click();
  const dialog = signatory.getByRole('dialog');
  await fill(dialog, { 登录名: clerk, 姓名: '唐知夏', 初始口令: 'Chushi@202611' });
  await dialog.getByRole('button', { name: '开立', exact: true }).click();
  await expect(signatory.getByRole('heading', { level: 1, name: '唐知夏' })).toBeVisible();
  const operator = await office.window(clerk);
  await signIn(operator, clerk, 'Chushi@202611');
  await expect(operator.getByText('当前是初始口令，须修改后才能办理业务。')).toBeVisible();
  await fill(operator, { 当前口令: 'Chushi@202611', 新口令: PASSWORD, 再次输入新口令: PASSWORD });
  await operator.getByRole('button', { name: '修改口令' }).click();
  await expect(operator.getByRole('heading', { level: 1, name: /唐知夏/ })).toBeVisible();
});

test('二、登记专利与商标并上传材料，企业两人、知识产权局两人核验，上架', async () => {
  const people = {
    operator: await office.window(clerk),
    signatory: await office.window(boss),
    handler: await office.desk('bureau.handler'),
    checker: await office.desk('bureau.checker'),
  };
  const { operator } = people;
  told.rights[0] = await enterRight(operator, {
    kind: '发明专利',
    title: patent,
    number: patentNumber(run.slice(-7)),
  });
  told.rights[1] = await enterRight(operator, {
    kind: '注册商标',
    title: mark,
    number: run.replace(/^0/, '1'),
  });
  for (const address of told.rights) await verifyRight(address, people);
});

test('三、委托评估，两名评估师签署，机构审核出具', async () => {
  const operator = await office.window(clerk);
  told.valuation = await orderValuation(operator, [patent, mark]);
  const first = await office.desk('appraiser1');
  await writeReport(first, told.valuation, {
    titles: [patent, mark],
    values: ['3200000', '980000'],
    total: '4180000',
  });
  await act(first, '签署');
  const second = await office.desk('appraiser2');
  await open(second, told.valuation);
  await act(second, '签署（第二位）');
  const firmReviewer = await office.desk('appraisal.reviewer');
  await open(firmReviewer, told.valuation);
  await act(firmReviewer, '出具报告');
  await expectStatus(firmReviewer, '已出具');
  await open(operator, told.rights[0] ?? '');
  await expect(operator.getByText('320.00 万元').first()).toBeVisible();
});

test('四、起草融资需求，看到产品匹配的依据，签署，核验后发布招标', async () => {
  const operator = await office.window(clerk);
  told.need = await draftNeed(operator, `云杉检测仪备货${run.slice(-4)}`, [patent, mark]);
  await expect(operator.getByText(/\d+ 个产品符合/)).toBeVisible();
  const matches = operator.getByRole('table', { name: '产品匹配' });
  await expect(matches.getByRole('row').filter({ hasText: '知产易贷' })).toContainText('符合');
  await act(operator, '提交签署');
  await countersign(await office.window(boss), told.need);
  const handler = await office.desk('bureau.handler');
  await open(handler, told.need);
  await act(handler, '核验通过');
  const checker = await office.desk('bureau.checker');
  await countersign(checker, told.need);
  await expectStatus(checker, '招标中');
});

test('五、两家银行经办报价、复核签署，截止前企业什么也看不到', async () => {
  const officer = await office.desk('bank.officer');
  await open(officer, `/console/hall?q=${run.slice(-4)}`, '招标大厅');
  await expect(officer.getByRole('link', { name: `云杉检测仪备货${run.slice(-4)}` })).toBeVisible();
  told.bids[0] = await bid(officer, await office.desk('bank.reviewer'), told.need, {
    amount: '1200000',
    rate: '3.88',
  });
  const signatory = await office.window(boss);
  await open(signatory, `${told.need}?tab=bids`);
  await expect(signatory.getByText('报价密封中').first()).toBeVisible();
  told.bids[1] = await bid(
    await office.desk('bank2.officer'),
    await office.desk('bank2.reviewer'),
    told.need,
    { amount: '1200000', rate: '3.65' },
  );
  await open(signatory, `${told.need}?tab=bids`);
  await expect(signatory.getByText('报价密封中').first()).toBeVisible();
  for (const secret of ['3.65', '3.88', '资江银行', '宝庆商业银行']) {
    await expect(signatory.locator('main')).not.toContainText(secret);
  }
  await open(signatory, told.bids[0] ?? '', /没有|找不到|无法/);
});

test('五、签署人提前截止，按总成本比选，选定一家', async () => {
  const signatory = await office.window(boss);
  await open(signatory, `${told.need}?tab=bids`);
  await act(signatory, '提前截止报价');
  await expectStatus(signatory, '比选中');
  await expect(signatory.getByText('报价明细')).toBeVisible();
  expect(await compared(signatory, '宝庆商业银行')).toMatch(/4[34],\d{3}\.\d{2}/);
  expect(await compared(signatory, '资江银行')).toContain('3.88%');
  await act(signatory, '选定报价', {
    button: '确认选定',
    form: async (dialog) => {
      await dialog.getByRole('checkbox', { name: /宝庆商业银行/ }).check();
      await expect(dialog.getByLabel('选定金额')).toHaveValue(/1,?200,?000\.00/);
    },
  });
  await expectStatus(signatory, '已选定');
});

test('六、贷前调查与授信审批', async () => {
  const officer = await office.desk('bank2.officer');
  const address = told.bids[1] ?? '';
  await open(officer, address);
  await officer.getByRole('button', { name: '开始贷前调查' }).click();
  await expectStatus(officer, '贷前调查中');
  const approver = await office.desk('bank2.approver');
  await open(approver, address);
  await act(approver, '授信审批通过');
  told.loan = await approveLoan(approver, address, `宝商银借字${run}`);
});

test('六、专利与商标分别质押，登记之前不能放款', async () => {
  const officer = await office.desk('bank2.officer');
  const reviewer = await office.desk('bank2.reviewer');
  const signatory = await office.window(boss);
  for (const [at, right] of [patent, mark].entries()) {
    told.pledges[at] = await draftPledge(
      officer,
      told.bids[1] ?? '',
      `宝商银质字${run}-${at + 1}`,
      right,
    );
    await filePledge(signatory, officer, told.pledges[at]);
  }
  await signLoan(signatory, reviewer, told.loan);
  await open(officer, told.loan);
  await officer.getByRole('button', { name: '核对放款条件' }).click();
  await checkConditions(officer);
  await officer.getByRole('dialog').getByRole('button', { name: '提交复核' }).click();
  await expect(officer.getByText(/质押尚未登记，质权未设立，不能放款/).first()).toBeVisible();
});

test('六、质押登记后落实条件、放款', async () => {
  const officer = await office.desk('bank2.officer');
  const reviewer = await office.desk('bank2.reviewer');
  for (const [at, address] of told.pledges.entries()) {
    await registerPledge(officer, reviewer, address, `Y2026980${run.slice(-5)}${at}`);
    await expectStatus(reviewer, '已登记');
  }
  await open(officer, told.loan);
  await act(officer, '核对放款条件', { button: '提交复核', form: () => checkConditions(officer) });
  await countersign(reviewer, told.loan);
  await open(officer, told.loan);
  await act(officer, '登记放款', {
    button: '提交复核',
    form: (dialog) => attach(dialog, '凭证与文书', '放款凭证'),
  });
  await countersign(reviewer, told.loan);
  await open(await office.window(boss), told.rights[0] ?? '');
  await expectStatus(await office.window(boss), '已出质');
});

test('七、还款计划到分，登记一笔还款并显示冲销', async () => {
  const officer = await office.desk('bank2.officer');
  await open(officer, `${told.loan}?tab=schedule`);
  const plan = officer.getByRole('table', { name: '还款计划' });
  await expect(plan.getByText('第 12 期')).toBeVisible();
  await repay(officer, await office.desk('bank2.reviewer'), told.loan, '100000');
  await open(officer, `${told.loan}?tab=repayments`);
  await expect(officer.getByText('100,000.00').first()).toBeVisible();
  await open(officer, told.loan);
  await expect(officer.getByText(/1,100,000\.00/).first()).toBeVisible();
});

test('八、备案入库，逐项显示入库条件', async () => {
  const officer = await office.desk('bank2.officer');
  await open(officer, `/console/enrolments/new?loan=${idOf(told.loan)}`, '办理备案入库');
  await officer.getByRole('checkbox', { name: /^本行据征信报告声明/ }).check();
  await attach(officer, '材料', '放款凭证');
  await officer.getByRole('button', { name: '保存' }).click();
  await officer.waitForURL(/enrolments\/[0-9a-f-]{36}$/);
  const address = new URL(officer.url()).pathname;
  await act(officer, '提交复核');
  const reviewer = await office.desk('bank2.reviewer');
  await countersign(reviewer, address);
  await expectStatus(reviewer, '在保');
});
