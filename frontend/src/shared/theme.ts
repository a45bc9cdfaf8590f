import type { ThemeConfig } from 'antd';

/** The house colours. Every text colour keeps 4.5:1 on the grounds it stands on. */
export const palette = {
  ink: '#0c3a43',
  inkDeep: '#082b32',
  teal: '#0f6670',
  tealSoft: '#e6f1f1',
  copper: '#a5501c',
  copperSoft: '#fbf1e8',
  gold: '#e2a76a',
  text: '#17262b',
  textSoft: '#4a5b62',
  textFaint: '#5c6c73',
  line: '#d9e1df',
  lineSoft: '#e7edeb',
  ground: '#f3f6f5',
  paper: '#ffffff',
} as const;

/** The order in which a chart takes its colours; neighbours differ in lightness too. */
export const chartColors = [
  '#0f6670',
  '#d08a4a',
  '#5b8fb0',
  '#8a5a83',
  '#7ea36b',
  '#b5473c',
  '#3c4f76',
  '#b9a24a',
];

export const fontFamily =
  '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: palette.teal,
    colorInfo: '#1d5f93',
    colorSuccess: '#1c7247',
    colorWarning: '#8f5500',
    colorError: '#b3261e',
    colorLink: palette.teal,
    colorTextBase: palette.text,
    colorText: palette.text,
    colorTextSecondary: palette.textSoft,
    colorTextTertiary: palette.textFaint,
    colorTextQuaternary: '#66757c',
    colorTextPlaceholder: '#66757c',
    colorTextDescription: palette.textFaint,
    colorBorder: '#c9d3d1',
    colorBorderSecondary: palette.lineSoft,
    colorBgLayout: palette.ground,
    colorFillAlter: '#f6f9f8',
    fontFamily,
    fontSize: 14,
    borderRadius: 6,
    borderRadiusLG: 10,
    wireframe: false,
    motionDurationMid: '0.16s',
    motionDurationSlow: '0.22s',
  },
  components: {
    Layout: {
      headerBg: palette.paper,
      siderBg: palette.ink,
      bodyBg: palette.ground,
      headerHeight: 56,
    },
    Menu: {
      darkItemBg: palette.ink,
      darkSubMenuItemBg: palette.ink,
      darkPopupBg: palette.ink,
      darkItemColor: '#c8dad9',
      darkItemHoverColor: '#ffffff',
      darkItemHoverBg: 'rgba(255,255,255,0.07)',
      darkItemSelectedBg: 'rgba(226,167,106,0.16)',
      darkItemSelectedColor: '#f4d3ae',
      darkGroupTitleColor: '#8fb0b1',
      itemHeight: 38,
      itemBorderRadius: 6,
      itemMarginInline: 8,
      groupTitleFontSize: 12,
    },
    Table: {
      headerBg: '#eff4f3',
      headerColor: palette.textSoft,
      headerSplitColor: 'transparent',
      rowHoverBg: '#f4f9f8',
      cellPaddingBlockMD: 10,
      cellPaddingInlineMD: 12,
      borderColor: palette.lineSoft,
    },
    Card: { headerFontSize: 15 },
    Descriptions: { labelBg: '#f6f9f8', labelColor: palette.textFaint },
    Tabs: { titleFontSize: 14, horizontalMargin: '0' },
    Tag: { defaultBg: '#eef2f1', defaultColor: palette.textSoft },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    Form: { labelColor: palette.textSoft, verticalLabelPadding: '0 0 4px' },
    Steps: { iconSize: 28 },
  },
};
