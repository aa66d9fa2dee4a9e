import { createRoot } from 'react-dom/client';
import { must } from '../../shared/domain/assert.ts';
import { App } from '../app.tsx';
import { createConnection } from '../connection.ts';
import '../style/base.css';
import { adoptTheme } from '../style/adopt-theme.ts';
import { createFakeClient } from '../testing/fake-client.ts';
import { createFakeDesktop } from '../testing/fake-desktop.ts';
import { environmentOf } from '../environment-of.ts';
import { playScene } from './scenes.ts';
import { sceneSession } from './session-scene.ts';

/** The whole renderer on made-up data: `npx vite renderer`, then /dev/?scene=offline&lang=de&scheme=dark&touch. */
const wishes = new URLSearchParams(window.location.search);
const scene = wishes.get('scene') ?? 'synced';
const connection = createConnection();
const desktop = createFakeDesktop({
  now: Date.now,
  start: scene.startsWith('first') ? 'empty' : 'synced',
  session: sceneSession(scene, Date.now()),
  settings: {
    language: (wishes.get('lang') ?? 'system') as 'system',
    touchMode: wishes.has('touch'),
    colorScheme: (wishes.get('scheme') ?? 'system') as 'system',
  },
});
adoptTheme(document);
createRoot(must(document.getElementById('root'), 'element #root')).render(
  <App client={createFakeClient(desktop.app)} environment={environmentOf(window, connection)} />,
);
void playScene(scene, desktop, connection);
