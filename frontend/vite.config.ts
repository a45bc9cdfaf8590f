import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The server writes a fresh value in its place with every page it sends (frontend.go). */
const noncePlaceholder = '__CSP_NONCE__';

const backend = process.env['IPPLEDGE_BACKEND'] ?? 'http://127.0.0.1:8080';

/**
 * antd gives its style elements the nonce, except two that its utilities make by themselves
 * (scroll bar measure, scroll lock). The policy would refuse those.
 */
function nonceForUtilityStyles(): Plugin {
  const from = 'if (csp?.nonce) {\n    styleNode.nonce = csp?.nonce;\n  }';
  const to = `const nonce = csp?.nonce ?? document.querySelector('meta[property="csp-nonce"]')?.nonce;
  if (nonce) styleNode.nonce = nonce;`;
  return {
    name: 'nonce-for-utility-styles',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('@rc-component/util/es/Dom/dynamicCSS.js')) return null;
      if (!code.includes(from)) this.error('dynamicCSS.js has changed: mend nonceForUtilityStyles');
      return code.replace(from, to);
    },
  };
}

export default defineConfig(({ command }) => ({
  plugins: [react(), nonceForUtilityStyles()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  html: command === 'build' ? { cspNonce: noncePlaceholder } : {},
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: backend, changeOrigin: false }, '/docs': backend },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 30 },
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack|openapi-fetch|openapi-react-query)[\\/]/,
              priority: 20,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    globals: false,
    setupFiles: ['src/testing/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    css: false,
  },
}));
