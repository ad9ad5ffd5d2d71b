// Says that scripts run, before anything is drawn, so that nothing jumps.
document.documentElement.dataset.scripted = "";
