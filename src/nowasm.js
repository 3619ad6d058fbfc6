/* The page for an engine without WebAssembly: a phone in lockdown mode, a hardened browser, a policy that forbids it.
   The build puts the module here, translated to JavaScript as one function `instantiate(imports)`; what follows it is
   as much of a `WebAssembly` as the glue asks for. Loaded by src/boot.js, and only then. */
(function (window, carnival) {
  /*{{translation}}*/

  /* Each translated module brings this; the first one's counts. */
  if (!carnival.nowasm) {
    carnival.nowasm = {};
    window.WebAssembly = {
      Module: class Module {},
      Instance: class Instance {},
      CompileError: class CompileError extends Error {},
      LinkError: class LinkError extends Error {},
      RuntimeError: class RuntimeError extends Error {},
      /* Not `async`: a trap at the start is thrown later, by the glue's own call. */
      instantiate: function (module, imports) {
        return Promise.resolve({ module: module, instance: { exports: module(imports) } });
      }
    };
  }
  carnival.nowasm['{{name}}'] = instantiate;
})(window, window.__carnival);
