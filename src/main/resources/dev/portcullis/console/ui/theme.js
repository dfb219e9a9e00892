// Runs before anything is painted, so that no page flashes in the wrong colours.
(function () {
  const root = document.documentElement;
  try {
    root.dataset.theme = localStorage.getItem('theme') || 'auto';
    root.dataset.palette = localStorage.getItem('palette') || 'standard';
  } catch {
    root.dataset.theme = 'auto';
    root.dataset.palette = 'standard';
  }
})();
