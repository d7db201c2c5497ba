import { fileURLToPath } from 'node:url';

/** Files of the fonts: `regular` and `bold` have Latin, Cyrillic and Greek, `chinese` what is left. */
export interface FontFiles {
  regular: string;
  bold: string;
  chinese: string;
}

const PACKAGES = {
  regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  chinese: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
} as const;

/** From the packages when run from sources; beside the bundle when built. */
export function fontFiles(): FontFiles {
  const isSource = import.meta.url.endsWith('.ts');
  const find = (path: string): string => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const url = isSource
      ? new URL(`../../../../node_modules/${path}`, import.meta.url)
      : new URL(`./fonts/${name}`, import.meta.url);
    return fileURLToPath(url);
  };
  return {
    regular: find(PACKAGES.regular),
    bold: find(PACKAGES.bold),
    chinese: find(PACKAGES.chinese),
  };
}
