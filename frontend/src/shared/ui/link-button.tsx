import { Button, type ButtonProps } from 'antd';
import { useHref, useLinkClickHandler } from 'react-router';

type Props = Omit<ButtonProps, 'href' | 'onClick' | 'htmlType'> & { to: string };

/** A link that looks like a button: one element, so that keyboards and readers meet it once. */
export function LinkButton({ to, ...props }: Props) {
  const href = useHref(to);
  const follow = useLinkClickHandler<HTMLElement>(to);
  return <Button {...props} href={href} onClick={(event) => follow(event)} />;
}
