export { ScriptPreview } from './script-preview.tsx';
export { ScriptsSection } from './scripts-section.tsx';
