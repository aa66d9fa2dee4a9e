import { createTRPCClient } from '@trpc/client';
import { createRoot } from 'react-dom/client';
import type { DesktopRouter } from '../main/app/desktop-router.ts';
import { must } from '../shared/domain/assert.ts';
import { App } from './app.tsx';
import './style/base.css';
import { adoptTheme } from './style/adopt-theme.ts';
import { openTransport } from './transport.ts';
import { environmentOf } from './environment-of.ts';

const { link, connection } = openTransport(window);
const client = createTRPCClient<DesktopRouter>({ links: [link] });
adoptTheme(document);
createRoot(must(document.getElementById('root'), 'element #root')).render(
  <App client={client} environment={environmentOf(window, connection)} />,
);
