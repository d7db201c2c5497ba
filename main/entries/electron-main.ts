import { electronMain } from '../shell/electron/electron-main.ts';

electronMain();
