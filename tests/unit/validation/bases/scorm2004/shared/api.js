function find(w) {
  for (var n = 0; n < 50 && w; n += 1, w = w.parent) {
    if (w.API_1484_11) return w.API_1484_11;
    if (w === w.parent) break;
  }
  return window.opener ? window.opener.API_1484_11 : null;
}
var api = find(window);
if (api) { api.Initialize(""); api.SetValue("cmi.completion_status", "completed"); api.Commit(""); api.Terminate(""); }
