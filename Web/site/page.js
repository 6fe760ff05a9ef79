// What belongs to this page and not to the figures: listings that follow them, and the copy that is kept for reading
// offline.

import "./listing.js";

if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js");
