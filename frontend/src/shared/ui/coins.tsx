/** An ornament: rings with square holes, as old coins, one within another. */
export function Coins({ className }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 620 620" aria-hidden focusable="false" fill="none">
      <g stroke="#e2a76a" strokeOpacity="0.34">
        <circle cx="310" cy="310" r="300" strokeWidth="1" />
        <circle cx="310" cy="310" r="262" strokeWidth="1" strokeDasharray="2 9" />
        <circle cx="310" cy="310" r="214" strokeWidth="1.500" />
        <circle cx="310" cy="310" r="146" strokeWidth="10" strokeOpacity="0.14" />
        <circle cx="310" cy="310" r="112" strokeWidth="1.500" />
        <rect x="262" y="262" width="96" height="96" strokeWidth="2" />
        <rect x="276" y="276" width="68" height="68" strokeWidth="1" />
      </g>
      <g stroke="#7fb1b3" strokeOpacity="0.3">
        <path d="M310 10v86M310 524v86M10 310h86M524 310h86" />
        <path d="M98 98l60 60M462 462l60 60M522 98l-60 60M98 522l60-60" />
      </g>
    </svg>
  );
}
