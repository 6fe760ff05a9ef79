// What belongs to this page and not to the figures: the copy that is kept for reading offline.

if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js");
