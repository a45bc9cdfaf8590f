import {
  BarChart,
  FunnelChart,
  LineChart,
  PieChart,
  SankeyChart,
  ScatterChart,
} from 'echarts/charts';
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use as register, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

import { chartColors, fontFamily, palette } from '@/shared/theme';

register([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  DatasetComponent,
  FunnelChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  PieChart,
  SankeyChart,
  ScatterChart,
  TooltipComponent,
]);

const axis = {
  axisLine: { lineStyle: { color: palette.line } },
  axisTick: { show: false },
  axisLabel: { color: palette.textSoft },
  splitLine: { lineStyle: { color: palette.lineSoft } },
};

const house = {
  color: chartColors,
  textStyle: { fontFamily, color: palette.text },
  categoryAxis: { ...axis, splitLine: { show: false } },
  valueAxis: { ...axis, axisLine: { show: false } },
  timeAxis: axis,
  legend: {
    top: 4,
    right: 0,
    left: 'auto',
    bottom: 'auto',
    textStyle: { color: palette.textSoft },
    itemWidth: 12,
    itemHeight: 8,
  },
  tooltip: { borderColor: palette.line, textStyle: { color: palette.text } },
  line: { symbolSize: 6, lineStyle: { width: 2.5 } },
  bar: { itemStyle: { borderRadius: [3, 3, 0, 0] }, barMaxWidth: 36 },
};

/** Pictures in tests, and people whom motion troubles, get the chart at once. */
function still(): boolean {
  return (
    new URLSearchParams(window.location.search).has('still') ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}

interface Props {
  option: EChartsCoreOption;
  height: number;
  onSelect?: (name: string) => void;
}

/** ECharts itself, in a chunk of its own. */
export default function ChartCanvas({ option, height, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const select = useRef(onSelect);

  useEffect(() => {
    select.current = onSelect;
  }, [onSelect]);

  useEffect(() => {
    if (!box.current) return undefined;
    const made = init(box.current, house);
    chart.current = made;
    made.on('click', (event) => select.current?.(event.name));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(
      {
        animation: !still(),
        tooltip: {},
        ...option,
        // A chart that only wants another margin keeps the rest.
        grid: {
          ...{ left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
          ...(option['grid'] as object | undefined),
        },
      },
      { notMerge: true },
    );
  }, [option]);

  return <div ref={box} style={{ height, width: '100%' }} />;
}
