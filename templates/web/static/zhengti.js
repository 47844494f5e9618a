// Makes the pages nicer; every page works without it.
import { makeSortable } from "./tables.js";
import { keepThePage, makeDropzone } from "./dropzone.js";
import { follow } from "./progress.js";
import { makePictures } from "./pictures.js";
import { markChanges } from "./cells.js";

document.querySelectorAll("table.sortable").forEach(makeSortable);
document.querySelectorAll("[data-dropzone]").forEach(makeDropzone);
if (document.querySelector("[data-dropzone]")) keepThePage();
document.querySelectorAll("[data-progress]").forEach(follow);
document.querySelectorAll("form[data-cells]").forEach(markChanges);
makePictures(document);
