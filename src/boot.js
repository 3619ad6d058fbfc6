/* The loader: runs inline before anything else, in ES5, because it is the one script that an engine of any age gets
   to see. It fetches the module and its glue side by side, keeps taps that come too early, and when the page can't
   run it says so. It knows nothing of the campaign; the page's own code knows it as `window.__carnival`. */
(function (window, document) {
  'use strict';

  /* Both are filled in when the page is built. */
  var GLUE = '{{glue}}';
  var MODULE = '{{module}}';

  /* The first try and two more; after a failure the pause doubles. */
  var TRIES = 3;
  var PAUSE_MS = 800;
  /* Longer than a slow 3G takes for module and glue; the download goes on while the page says that it is slow. */
  var SLOW_MS = 20000;
  /* A tap is replayed once its button is there and takes taps; after that long its meaning has faded. */
  var REPLAY_MS = 8000;
  var REPLAY_STEP_MS = 50;
  /* 6 minutes 18 seconds. */
  var CARNIVAL_ROUND_MS = 378000;

  var root = document.documentElement;
  var over = false;
  var carnival = (window.__carnival = {
    /* The address as it was opened, before any routing: signatures and visits depend on it. */
    landing: location.href.split('#')[0],
    /* Taps kept for the page: { id, at }, each id once. */
    taps: [],
    /* Milliseconds since navigation, for measurements. */
    marks: {},
    /* What the server wrote into the page, or null. */
    boot: inlined(),
    /* The document calls this behind the frame. */
    frame: frame,
    /* The page calls this when it is mounted. */
    ready: ready
  });

  mark('boot');
  root.lang = language();
  root.setAttribute('data-page', pageOf(location.pathname));
  document.addEventListener('click', keep, true);
  window.addEventListener('error', onError);
  var slow = setTimeout(function () { rescue('slow'); }, SLOW_MS);
  if (canRun()) load();
  else rescue('engine');

  function now() {
    return window.performance && performance.now ? performance.now() : 0;
  }

  function mark(name) {
    carnival.marks[name] = now();
  }

  function inlined() {
    var element = document.getElementById('boot');
    try {
      return element && JSON.parse(element.textContent);
    } catch (error) {
      return null;
    }
  }

  /* What was chosen before, else the browser's language: Chinese, or English for everybody else. */
  function language() {
    var chosen;
    try {
      chosen = localStorage.getItem('carnival.language');
    } catch (error) { /* Storage may be forbidden; then nothing was chosen. */ }
    return chosen || (/^zh|^$/i.test(navigator.language || '') ? 'zh-CN' : 'en');
  }

  /* Gives the frame the campaign's own name, in the shopper's language, before it is painted. The heading is the
     carnival's round of 6:18, or else the name once more: as the page will have it. */
  function frame() {
    var snapshot = carnival.boot && carnival.boot.snapshot;
    var inEnglish = root.lang === 'en';
    var translated = inEnglish ? document.querySelectorAll('[data-en]') : [];
    for (var i = 0; i < translated.length; i++) translated[i].textContent = translated[i].getAttribute('data-en');
    if (!snapshot) return;
    var name = snapshot.campaign.title[inEnglish ? 'en' : 'zh'];
    document.querySelector('[data-frame="name"]').textContent = name;
    if (snapshot.campaign.round_length_ms !== CARNIVAL_ROUND_MS) {
      document.querySelector('[data-frame="heading"]').textContent = name;
    }
  }

  /* Which part of the static frame to show. A share link shows what it leads to, if the server said so. */
  function pageOf(path) {
    var landing = carnival.boot && carnival.boot.landing;
    if (landing && landing.page && /^\/s\//.test(path)) return landing.page === 'item' ? 'goods' : landing.page;
    var match = /^\/(stars|coupons|goods|mine|rules)(?:\/(.?)|$)/.exec(path);
    return !match ? 'rush' : match[1] === 'stars' && match[2] ? 'star' : match[1];
  }

  function canRun() {
    return (
      typeof WebAssembly === 'object' && typeof WebAssembly.instantiate === 'function' &&
      window.fetch && window.Promise && window.TextDecoder && window.TextEncoder
    );
  }

  /* Keeps a tap on the static frame and answers it at once: the button looks pressed. */
  function keep(event) {
    var element = event.target.closest('[data-tap]');
    if (!element) return;
    event.preventDefault();
    event.stopPropagation();
    element.classList.add('is-pressed');
    var id = element.getAttribute('data-tap');
    for (var i = 0; i < carnival.taps.length; i++) if (carnival.taps[i].id === id) return;
    carnival.taps.push({ id: id, at: now() });
  }

  function ready() {
    if (over) return;
    over = true;
    mark('ready');
    clearTimeout(slow);
    document.removeEventListener('click', keep, true);
    window.removeEventListener('error', onError);
    window.addEventListener('error', onCrash);
    window.addEventListener('unhandledrejection', onCrash);
    var element = document.getElementById('rescue');
    if (element) element.hidden = true;
    for (var i = 0; i < carnival.taps.length; i++) replay(carnival.taps[i].id, now() + REPLAY_MS);
  }

  /* The button may still wait for its data: a disabled button swallows taps, so this one waits with it. */
  function replay(id, until) {
    var element = document.querySelector('[data-tap="' + id + '"]');
    if (element && !element.disabled) {
      element.classList.remove('is-pressed');
      element.click();
    } else if (now() < until) {
      setTimeout(function () { replay(id, until); }, REPLAY_STEP_MS);
    }
  }

  /* Again after a pause, for what the network breaks; what the engine refuses, it refuses for ever. */
  function load() {
    var glue;
    var left = TRIES;
    var pause = PAUSE_MS;
    once();

    function once() {
      var module = fetchModule();
      glue = glue || loadGlue();
      glue.then(function () {
        /* A classic script's top-level `let` is no property of window, but a name that later code can use. It asks
           for the module only if there is none yet: one that broke down as it started will not do better again. */
        var asked = false;
        var wanted = { then: function (yes, no) { asked = true; module.then(yes, no); } };
        return wasm_bindgen({ module_or_path: wanted }).then(function () {
          if (!asked) throw new ReferenceError('the module broke down as it started');
        });
      }, function (error) {
        glue = null;
        throw error;
      }).then(function () { mark('module'); }, function (error) {
        left -= 1;
        if (left && !isFinal(error)) {
          setTimeout(once, pause);
          pause *= 2;
          return;
        }
        if (window.console) console.error(error);
        rescue(isFinal(error) ? 'engine' : 'network');
      });
    }
  }

  function fetchModule() {
    var response = fetch(MODULE).then(function (response) {
      if (!response.ok) throw new Error('HTTP ' + response.status);
      return response;
    });
    /* It may fail before the glue is there to ask for it; that is handled then. */
    response.then(null, function () {});
    return response;
  }

  function loadGlue() {
    return new Promise(function (resolve, reject) {
      var script = document.createElement('script');
      script.src = GLUE;
      script.async = true;
      script.onload = function () {
        mark('glue');
        resolve();
      };
      script.onerror = function () { reject(new Error('no glue')); };
      document.head.appendChild(script);
    });
  }

  function isFinal(error) {
    return (
      error instanceof ReferenceError || error instanceof WebAssembly.CompileError ||
      error instanceof WebAssembly.LinkError || error instanceof WebAssembly.RuntimeError
    );
  }

  /* Chat apps inject scripts of their own, whose errors are none of ours. */
  function onError(event) {
    if (event.filename && event.filename.indexOf(GLUE) >= 0) rescue('engine');
  }

  /* The living page has no way on from a trap of its module: better said than a page that no longer answers. */
  function onCrash(event) {
    if (!((event.error || event.reason) instanceof WebAssembly.RuntimeError)) return;
    over = false;
    rescue('crash');
    over = true;
  }

  /* Says what is wrong and how to go on. The body may not have been parsed yet. */
  function rescue(reason) {
    if (over) return;
    var element = document.getElementById('rescue');
    if (!element) {
      document.addEventListener('DOMContentLoaded', function () { rescue(reason); });
      return;
    }
    if (reason !== 'slow') clearTimeout(slow);
    var reasons = element.querySelectorAll('[data-reason]');
    for (var i = 0; i < reasons.length; i++) reasons[i].hidden = reasons[i].getAttribute('data-reason') !== reason;
    var link = document.getElementById('rescue-link');
    link.href = link.textContent = location.href;
    document.getElementById('rescue-retry').onclick = function () { location.reload(); };
    element.hidden = false;
  }
})(window, document);
