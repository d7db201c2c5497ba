export { dispositionName, nextWords } from './disposition-words.ts';
export { DispositionsSection } from './dispositions-section.tsx';
