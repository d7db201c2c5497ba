// pdf.js reads documents in a thread of its own; built as a file of ours, because only those may run
import 'pdfjs-dist/build/pdf.worker.min.mjs';
