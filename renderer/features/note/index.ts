export { NoteComposer } from './note-composer.tsx';
