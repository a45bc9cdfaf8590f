import { Form, Input, Select } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer, Input as Body } from '@/api/types';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import { NOTICE_KIND } from './status';

type Text = Body<'/notices', 'post'>;
type Notice = Answer<'/notices/{id}', 'get'>;

/** A new notice. */
export function NoticeNewPage() {
  const navigate = useNavigate();
  const create = api.useMutation('post', '/notices', {
    onSuccess: (notice) => navigate(`/console/notices/${notice.id}`),
  });
  return (
    <>
      <PageHeader title="起草公告" back={{ to: '/console/notices', label: '公告管理' }} />
      <NoticeForm
        submitting={create.isPending}
        initial={{ kind: 'announcement' }}
        onSave={(body, refuse) => create.mutate({ body }, { onError: refuse })}
      />
    </>
  );
}

/** A draft rewritten. */
export function NoticeEditPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/notices/{id}', { params: { path: { id } } });
  return (
    <>
      <PageHeader title="修改公告" back={{ to: `/console/notices/${id}`, label: '公告详情' }} />
      <QueryView query={query}>{(notice) => <NoticeEdit notice={notice} />}</QueryView>
    </>
  );
}

function NoticeEdit({ notice }: { notice: Notice }) {
  const navigate = useNavigate();
  const edit = api.useMutation('put', '/notices/{id}', {
    onSuccess: () => navigate(`/console/notices/${notice.id}`),
  });
  const params = { path: { id: notice.id }, header: { 'If-Match': String(notice.version) } };
  return (
    <NoticeForm
      submitting={edit.isPending}
      initial={notice}
      onSave={(body, refuse) => edit.mutate({ params, body }, { onError: refuse })}
    />
  );
}

interface FormProps {
  initial: Partial<Text>;
  submitting: boolean;
  onSave: (text: Text, refuse: (error: unknown) => void) => void;
}

function NoticeForm({ initial, submitting, onSave }: FormProps) {
  const form = useApiForm<Text>();
  const navigate = useNavigate();
  const kind = Form.useWatch('kind', form.form);
  return (
    <Panel>
      <ApiFormView<Text>
        api={form}
        columns={2}
        submitting={submitting}
        submitText="保存草稿"
        onCancel={() => void navigate(-1)}
        initialValues={initial}
        onFinish={(values) => onSave(values, form.refuse)}
      >
        <Form.Item name="kind" label="类别" rules={[{ required: true, message: '请选择类别' }]}>
          <Select
            options={Object.entries(NOTICE_KIND).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        <Form.Item
          name="publish_until"
          label="公示截止日期"
          rules={[{ required: kind === 'publicity', message: '公示须写明截止日期' }]}
        >
          <DateInput />
        </Form.Item>
        <FormWide>
          <Form.Item name="title" label="标题" rules={[{ required: true, message: '请填写标题' }]}>
            <Input maxLength={100} showCount />
          </Form.Item>
        </FormWide>
        <FormWide>
          <Form.Item name="body" label="正文" rules={[{ required: true, message: '请填写正文' }]}>
            <Input.TextArea autoSize={{ minRows: 8 }} maxLength={20000} />
          </Form.Item>
        </FormWide>
        <Form.Item name="basis" label="依据">
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="contact" label="联系方式">
          <Input maxLength={200} placeholder="科室、电话" />
        </Form.Item>
      </ApiFormView>
    </Panel>
  );
}
