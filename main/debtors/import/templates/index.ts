export { fittingTemplates, loadTemplates, type Template } from './load-templates.ts';
export { previewWithTemplates, type WantedPreview } from './preview-with-templates.ts';
export { templateWrites } from './template-writes.ts';
export { createTemplates } from './templates.ts';
