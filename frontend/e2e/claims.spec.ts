import { createHash } from 'node:crypto';

import { expect, test, type Locator, type Page } from '@playwright/test';

import {
  act,
  attach,
  countersign,
  days,
  expectStatus,
  field,
  fill,
  Office,
  open,
  pick,
} from './desk';
import { date } from './support';

/**
 * Parts nine and ten of the main job, with the claims that wait in the demo story at every
 * step of the review: the loss is reviewed, shown to the public, paid, and comes back.
 */
test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ trace: 'off' });
test.skip(({ viewport }) => (viewport?.width ?? 0) < 768, '手机上另有简短的一程');

interface Waiting {
  id: string;
  number: string;
  status: string;
  publicity_until?: string;
  available_actions: string[];
}

let office: Office;

test.beforeAll(({ browser }) => {
  office = new Office(browser);
});
test.afterAll(async () => office.close());

/** The claims that somebody sees, as the list answers. */
async function claims(page: Page, status?: string): Promise<Waiting[]> {
  const answer = await page.request.get('/api/v1/claims', {
    params: { limit: 100, ...(status ? { status } : {}) },
  });
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { items: Waiting[] }).items;
}

/** The address of one that waits at a step; the story always leaves some. */
function addressOf(found: Waiting | undefined, what: string): string {
  expect(found, what).toBeDefined();
  return `/console/claims/${found?.id ?? ''}`;
}

const opinion = (text: string) => async (dialog: Locator) => {
  await fill(dialog, { 审核意见: text });
};

test('九、基金管理人受理并初审，两人签署', async () => {
  const handler = await office.desk('fund.handler');
  const [first] = await claims(handler, 'submitted');
  const address = addressOf(first, '待受理的补偿申请');
  await open(handler, address);
  await expect(handler.getByText('材料清单').first()).toBeVisible();
  await act(handler, '受理');
  await expectStatus(handler, '已受理');
  await act(handler, '初审', {
    button: '提交复核',
    form: async (dialog) => {
      await days(dialog, { 现场核查日期: date() });
      await fill(dialog, {
        现场核查情况: '现场核查：设备封存，专利权属无变化。',
        审核意见: '贷款真实，质押登记有效，损失计算无误。',
      });
    },
  });
  await expect(handler.getByRole('button', { name: '复核通过' })).toHaveCount(0);
  const checker = await office.desk('fund.checker');
  await countersign(checker, address);
  await expectStatus(checker, '已初审');
});

test('九、抽中的专家评分，未抽中的看不到', async () => {
  const handler = await office.desk('fund.handler');
  const drawn = new Set<string>();
  let seats = 0;
  for (let at = 1; at <= 7; at++) {
    const expert = await office.desk(`expert${at}`);
    for (const claim of await claims(expert)) {
      seats += 1;
      if (!claim.available_actions.includes('score')) continue;
      drawn.add(claim.id);
      await open(expert, `/console/claims/${claim.id}`);
      await act(expert, '评分', {
        button: '提交评分',
        form: async (dialog) => {
          const points = dialog.getByRole('spinbutton');
          await expect(points.first()).toBeVisible();
          for (const each of await points.all()) await each.fill('10');
          await fill(dialog, { 评审意见: '材料齐全，损失真实，同意按初审金额补偿。' });
        },
      });
    }
  }
  // Three of seven look at a claim, so some of the experts see nothing of it.
  expect(seats).toBeLessThan(7 * (await claims(handler)).length);
  for (const id of drawn) {
    await open(handler, `/console/claims/${id}`);
    await expectStatus(handler, '专家已评审');
  }
  expect(drawn.size).toBeGreaterThan(0);
});

test('九、知识产权局复核，公示，公众看得到', async () => {
  const handler = await office.desk('bureau.handler');
  const checker = await office.desk('bureau.checker');
  const [reviewed] = await claims(handler, 'expert_reviewed');
  const address = addressOf(reviewed, '专家已评审的补偿申请');
  await open(handler, address);
  await act(handler, '复核', { button: '提交复核', form: opinion('同意初审与专家意见。') });
  await countersign(checker, address);
  await expectStatus(checker, '已复核');
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

  const anybody = await office.window('公众');
  await open(anybody, '/publicity', '补偿公示');
  const row = anybody.getByRole('row').filter({ hasText: reviewed?.number ?? '' });
  await row.getByRole('link').click();
  await expect(anybody.getByText('公示文件与指纹')).toBeVisible();
  await expect(anybody.getByRole('heading', { name: '提出异议' })).toBeVisible();
  // The file that anybody can fetch has the fingerprint that the page shows.
  const id = new URL(anybody.url()).pathname.split('/').at(-1) ?? '';
  const file = await anybody.request.get(`/api/v1/portal/publicity/${id}/notice.pdf`);
  expect(file.status()).toBe(200);
  const print = createHash('sha256')
    .update(await file.body())
    .digest('hex');
  await expect(anybody.locator('main code')).toHaveText(print);
});

test('九、公示期满无异议：核准，财政局会签，两人拨付', async () => {
  const handler = await office.desk('bureau.handler');
  const over = (await claims(handler, 'publicised')).find(
    ({ publicity_until }) => !!publicity_until && publicity_until < date(),
  );
  const address = addressOf(over, '公示期满的补偿申请');
  await open(handler, address);
  await act(handler, '核准', {
    form: async (dialog) => dialog.getByRole('textbox').fill('公示期满无异议，同意补偿。'),
  });
  await countersign(await office.desk('bureau.checker'), address);
  const finance = await office.desk('finance.checker');
  await open(finance, address);
  await act(finance, '会签核准');
  await expectStatus(finance, '已核准');
  const treasurer = await office.desk('treasurer');
  await open(treasurer, address);
  await act(treasurer, '登记拨付', {
    button: '提交复核',
    form: async (dialog) => {
      await days(dialog, { 拨付日期: date() });
      await field(dialog, '付款凭证号').fill(`国库支付${date().replace(/-/g, '')}01`);
    },
  });
  await countersign(finance, address);
  await expectStatus(finance, '已拨付');
});

test('十、银行登记回款，两人，按比例分配，财政局确认基金部分到账', async () => {
  const { officer, reviewer, address } = await debtor();
  await open(officer, address);
  await act(officer, '登记回款', {
    button: '提交复核',
    form: async (dialog) => {
      await fill(dialog, { 回款总额: '8000' });
      await days(dialog, { 到账日期: date() });
      await pick(officer, field(dialog, '回款来源'), /./);
      await attach(dialog, '入账凭证、费用票据', '入账凭证');
    },
  });
  await countersign(reviewer, address);
  await expect(reviewer.locator('main')).toContainText('8,000.00');

  const treasurer = await office.desk('treasurer');
  await open(treasurer, address);
  await act(treasurer, '确认到账', {
    button: '提交复核',
    form: async (dialog) => {
      await days(dialog, { 到账日期: date() });
      await fill(dialog, { 入账凭证号: `国库收款${date().replace(/-/g, '')}01` });
    },
  });
  await countersign(await office.desk('finance.checker'), address);
});

/** The bank of the demo on whose claim something can still come back. */
async function debtor(): Promise<{ officer: Page; reviewer: Page; address: string }> {
  for (const bank of ['bank', 'bank2']) {
    const officer = await office.desk(`${bank}.officer`);
    const answer = await officer.request.get('/api/v1/recoveries', { params: { limit: 100 } });
    const { items } = (await answer.json()) as { items: Waiting[] };
    const found = items.find((each) => each.available_actions.includes('receive'));
    if (!found) continue;
    const reviewer = await office.desk(`${bank}.reviewer`);
    return { officer, reviewer, address: `/console/recoveries/${found.id}` };
  }
  throw new Error('演示故事里没有可登记回款的追偿');
}
