/* The loader: runs inline before anything else, in ES5, because it is the one script that an engine of any age gets
   to see. It fetches the module and its glue side by side, keeps taps that come too early, and when the page can't
   run it says so. It knows nothing of the campaign; the page's own code knows it as `window.__carnival`. */
(function (window, document) {
  'use strict';

  /* The build defines MODULES: for each module's name the hash in its files' names. "page" is the page itself; the
     others are loaded when the page asks for them. ENGLISH: the hash in the name of the English words. IS_SPLIT: the
     page's module is five files, and what those after the first are called stands in BEFORE. */

  /* The files of the page's module after the first, each with those that it needs. */
  var BEFORE = { rush: ['page'], rest: ['page'], board: ['rest'], later: ['rush', 'board'] };

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
    /* The glue of each module that is there, by the module's name; the scripts put themselves here. */
    glue: {},
    /* A promise of what a module exports, from the first call of its name on. A failure is forgotten, so that the
       next call tries again. */
    load: load,
    /* A promise of the page's words in English, a list; Chinese is in the module. It fails and is forgotten like a
       module. */
    words: words,
    /* The document calls this behind the frame. */
    frame: frame,
    /* The page calls this when it is mounted. */
    ready: ready,
    /* Whether a chat app may be around the page, which shows a card of it to whoever opens its menu; or an operator
       looks at what became of that. Which app it is the page's own code knows. */
    needsCard: function () {
      return !!(window.WeixinJSBridge || window.mqq) || /MicroMessenger\/| QQ\/|TIM\//.test(navigator.userAgent) ||
        /debug=share/.test(carnival.landing);
    }
  });

  var loads = {};
  var english;
  /* What the files of the page's module export, by name: each is handed what those before it do. */
  var exported = {};
  /* Those after the first, on their way or there. */
  var parts = {};

  mark('boot');
  root.lang = language();
  root.setAttribute('data-page', pageOf(location.pathname));
  document.addEventListener('click', keep, true);
  window.addEventListener('error', onCrash);
  window.addEventListener('unhandledrejection', onCrash);
  var slow = setTimeout(function () { rescue('slow'); }, SLOW_MS);
  if (canRun()) start();
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

  /* WebAssembly itself may be missing: then the module comes as JavaScript. */
  function canRun() {
    return window.fetch && window.Promise && window.TextDecoder && window.TextEncoder;
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

  function start() {
    /* Beside the module, which waits for them. */
    if (root.lang === 'en') words();
    /* Only the first page, and only with its data, can be shown without the rest; and others only with all. */
    var page = root.getAttribute('data-page');
    if (IS_SPLIT && hasWebAssembly()) {
      if (page !== 'stars') fetchPart('rush');
      if (page !== 'rush' || !carnival.boot || !carnival.boot.snapshot) fetchPart('rest');
      if (page !== 'rush') fetchPart('board');
      if (!/^(rush|stars)$/.test(page)) fetchPart('later');
    }
    load('page').then(function () { mark('module'); }, function (error) {
      if (window.console) console.error(error);
      rescue(isFinal(error) ? 'engine' : 'network');
    });
  }

  function words() {
    if (!english) {
      english = attemptWords(TRIES, PAUSE_MS);
      english.then(null, function () { english = null; });
    }
    return english;
  }

  function attemptWords(left, pause) {
    return get('/carnival-en-' + ENGLISH + '.json').then(function (response) {
      return response.json();
    }).then(null, function (error) {
      if (left < 2) throw error;
      return wait(pause).then(function () { return attemptWords(left - 1, pause * 2); });
    });
  }

  function load(name) {
    if (!loads[name]) {
      loads[name] = (BEFORE[name] ? attemptPart : attempt)(name, TRIES, PAUSE_MS);
      loads[name].then(null, function () { loads[name] = null; });
    }
    return loads[name];
  }

  /* Module and glue side by side. Again after a pause, for what the network breaks; what the engine refuses, it
     refuses for ever, but it may still take the translation to JavaScript. */
  function attempt(name, left, pause) {
    var stem = '/carnival-' + name + '-' + MODULES[name];
    var translated = carnival.nowasm || !hasWebAssembly();
    var module = translated ? script(stem + '.nowasm.js') : get(stem + '.wasm');
    var glue = carnival.glue[name] ? Promise.resolve() : script(stem + '.js');
    /* It may fail before the glue is there to ask for it; that is handled then. */
    module.then(null, function () {});
    return glue.then(parsed).then(function () {
      var init = carnival.glue[name];
      if (!init) throw new ReferenceError('the glue of ' + name + ' broke');
      mark('glue');
      /* It asks for the module only if there is none yet: one that broke down as it started will not do better
         again. */
      var asked = false;
      var wanted = {
        then: function (yes, no) {
          asked = true;
          module.then(translated ? function () { yes(carnival.nowasm[name]); } : yes, no);
        }
      };
      return init({ module_or_path: wanted }).then(function (exports) {
        if (!asked) throw new ReferenceError(name + ' broke down as it started');
        exported[name] = exports;
        return init;
      });
    }).then(null, function (error) {
      if (!translated && isRefused(error)) return withoutWebAssembly(name, error);
      if (left < 2 || isFinal(error)) throw error;
      return wait(pause).then(function () { return attempt(name, left - 1, pause * 2); });
    });
  }

  /* A later file lives in the first one's memory, and is handed what those before it export and what the glue has for
     all. Whatever is wrong with it, it is asked for again: the page goes on meanwhile. A page that is translated to
     JavaScript, or not yet shipped, is one file. */
  function attemptPart(name, left, pause) {
    return Promise.all(BEFORE[name].map(load)).then(function (inits) {
      var init = inits[0];
      if (!IS_SPLIT || (carnival.nowasm && carnival.nowasm.page)) return init;
      return fetchPart(name).then(function (bytes) {
        var from = { a: init.imports.a, b: exported.page, c: exported.rush, d: exported.rest, e: exported.board };
        return WebAssembly.instantiate(bytes, from);
      }).then(function (made) {
        exported[name] = made.instance.exports;
        mark(name);
        return init;
      }, function (error) {
        parts[name] = null;
        if (left < 2) throw error;
        return wait(pause).then(function () { return attemptPart(name, left - 1, pause * 2); });
      });
    });
  }

  function fetchPart(name) {
    if (!parts[name]) {
      parts[name] = get('/carnival-page-' + MODULES.page + '.' + name + '.wasm').then(function (response) {
        return response.arrayBuffer();
      });
      /* It may fail before anybody waits for it; that is handled then. */
      parts[name].then(null, function () {});
    }
    return parts[name];
  }

  /* From a cache the module may come before the end of the document, and would not find its place in it. */
  function parsed() {
    return new Promise(function (resolve) {
      if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', resolve);
      else resolve();
    });
  }

  function hasWebAssembly() {
    return typeof WebAssembly === 'object' && typeof WebAssembly.instantiate === 'function';
  }

  /* The file that brings the translation puts a stand-in where WebAssembly was. If it can't be had either, the first
     error is the one to tell. */
  function withoutWebAssembly(name, error) {
    return script('/carnival-' + name + '-' + MODULES[name] + '.nowasm.js').then(function () {
      return attempt(name, 1, 0);
    }, function () { throw error; });
  }

  function wait(ms) {
    return new Promise(function (resolve) { setTimeout(resolve, ms); });
  }

  function get(url) {
    return fetch(url).then(function (response) {
      if (!response.ok) throw new Error('HTTP ' + response.status);
      return response;
    });
  }

  function script(url) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement('script');
      element.src = url;
      element.async = true;
      element.onload = function () { resolve(); };
      element.onerror = function () { reject(new Error('no ' + url)); };
      document.head.appendChild(element);
    });
  }

  /* Not compiled: a module mangled on its way, or a policy against all of them, which WebKit calls an EvalError. */
  function isRefused(error) {
    return error instanceof EvalError || is(error, 'CompileError') || is(error, 'LinkError');
  }

  function isFinal(error) {
    return error instanceof ReferenceError || isRefused(error) || is(error, 'RuntimeError');
  }

  function is(error, kind) {
    return hasWebAssembly() && error instanceof WebAssembly[kind];
  }

  /* The page has no way on from a trap of its module: better said than a page that no longer answers. Chat apps inject
     scripts of their own, whose errors are none of ours. */
  function onCrash(event) {
    if (!is(event.error || event.reason, 'RuntimeError')) return;
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
