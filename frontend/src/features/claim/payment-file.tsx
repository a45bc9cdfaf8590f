import { Button } from 'antd';
import { useState } from 'react';

import { download } from '@/api/request';
import { ExcelImport } from '@/shared/ui/excel-import';

import styles from './claim.module.css';

/** The payment file goes to the custody bank and comes back with its answer. */
export function PaymentFile() {
  const [open, setOpen] = useState(false);
  return (
    <span className={styles.year}>
      <Button onClick={() => void download('/claims/payment-file.xlsx')}>导出拨付清单</Button>
      <Button type="primary" onClick={() => setOpen(true)}>
        导入拨付结果
      </Button>
      <ExcelImport
        open={open}
        onClose={() => setOpen(false)}
        noun="拨付结果"
        path="/claims/payment-return"
        templatePath="/claims/payment-file.xlsx"
        hint="用托管银行填好结果的拨付清单：成功的填付款凭证号与日期，导入后提交复核；失败的填日期与原因，申请留在队列中；结果留空的不处理。"
      />
    </span>
  );
}
