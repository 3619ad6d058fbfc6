/* The loader: inline behind the frame, in ES5. It fetches the module and its glue side by side, once the frame has been painted;
   src/first.js has the longest file preloaded from the head. It knows nothing of
   the campaign; the page's own code knows both as `window.__carnival`. */
(function (window, document) {
  'use strict';

  /* The build defines MODULES: for each module's name the hash in its files' names. "page" is the page itself; the
     others are loaded when the page asks for them. ENGLISH and STYLE: the hashes in the names of the English words and of the
     style that is not in every document. IS_SPLIT: the page's module is five files, and what those after the first are
     called stands in BEFORE. */

  /* The files of the page's module after the first, each with those that it needs. */
  var BEFORE = { rush: ['page'], rest: ['page'], board: ['rest'], later: ['rush', 'board'] };

  /* The first try and two more; after a failure the pause doubles. */
  var TRIES = 3;
  var PAUSE_MS = 800;
  var root = document.documentElement;
  var carnival = window.__carnival;
  /* What the server wrote into the page, or null. */
  carnival.boot = null;
  /* The glue of each module that is there, by the module's name; the scripts put themselves here. */
  carnival.glue = {};
  /* A promise of what a module exports, from the first call of its name on. A failure is forgotten, so that the
     next call tries again. */
  carnival.load = load;
  /* A promise of the page's words in English, a list; Chinese is in the module. It fails and is forgotten like a
     module. */
  carnival.words = words;
  /* Whether a chat app may be around the page, which shows a card of it to whoever opens its menu; or an operator
     looks at what became of that. Which app it is the page's own code knows. */
  carnival.needsCard = function () {
    return isCardWanted || !!(window.WeixinJSBridge || window.mqq);
  };

  var isCardWanted = /MicroMessenger\/| QQ\/|TIM\//.test(navigator.userAgent) || /debug=share/.test(carnival.landing);
  var loads = {};
  var english;
  /* What the files of the page's module export, by name: each is handed what those before it do. */
  var exported = {};
  /* Those after the first, on their way or there. */
  var parts = {};
  var styled;

  if (root.getAttribute('data-first') === null) begin();
  else afterPaint(begin);

  /* What src/first.js kept back comes with the second frame, and the page itself behind that. */
  function begin() {
    root.removeAttribute('data-first');
    if (canRun()) afterPaint(start);
    else carnival.rescue('engine');
  }

  /* What starts the page takes a frame's time: the frame is to be seen first. A page that nobody sees paints nothing. */
  function afterPaint(then) {
    if (document.hidden || !window.requestAnimationFrame) then();
    else requestAnimationFrame(function () { setTimeout(then); });
  }

  function inlined() {
    var element = document.getElementById('boot');
    try {
      return element && JSON.parse(element.textContent);
    } catch (error) {
      return null;
    }
  }

  /* WebAssembly itself may be missing: then the module comes as JavaScript. */
  function canRun() {
    return window.fetch && window.Promise && window.TextDecoder && window.TextEncoder;
  }

  function start() {
    carnival.boot = inlined();
    var spoken = carnival.language(true);
    if (spoken !== root.lang) {
      root.lang = spoken;
      carnival.frame();
    }
    /* Beside the module, which waits for them. */
    if (root.lang === 'en') words();
    if (IS_SPLIT && hasWebAssembly()) {
      for (var i = 0; i < carnival.parts.length; i++) fetchPart(carnival.parts[i]);
      /* What the server did not write into the page is asked for by the rest. */
      if (!carnival.boot || !carnival.boot.snapshot) fetchPart('rest');
    }
    load('page').then(function () { carnival.mark('module'); }, function (error) {
      if (window.console) console.error(error);
      carnival.rescue(isFinal(error) ? 'engine' : 'network');
    });
  }

  /* The style of all other pages and of sheets, which the files of other pages need; unless it is in the document. */
  function style() {
    if (!styled) {
      styled = document.getElementById('late') ? Promise.resolve() : new Promise(function (resolve, reject) {
        var element = document.createElement('link');
        element.rel = 'stylesheet';
        element.href = '/carnival-rest-' + STYLE + '.css';
        element.onload = function () { resolve(); };
        element.onerror = function () {
          styled = null;
          document.head.removeChild(element);
          reject(new Error('no style'));
        };
        document.head.appendChild(element);
      });
    }
    return styled;
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
      carnival.mark('glue');
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
    /* Side by side with those before it. */
    var isAlone = IS_SPLIT && hasWebAssembly() && !(carnival.nowasm && carnival.nowasm.page);
    /* What the page does not begin with may have its look in the style that came neither. */
    var isLater = name !== 'rest' && carnival.parts.indexOf(name) < 0;
    var wanted = Promise.all([isAlone ? fetchPart(name) : null, isLater ? style() : null]);
    /* It may fail before anybody waits for it; that is handled then. */
    wanted.then(null, function () {});
    return Promise.all(BEFORE[name].map(load)).then(function (inits) {
      var init = inits[0];
      return wanted.then(function (got) {
        if (!got[0] || (carnival.nowasm && carnival.nowasm.page)) return null;
        var from = { a: init.imports.a, b: exported.page, c: exported.rush, d: exported.rest, e: exported.board };
        return WebAssembly.instantiate(got[0], from);
      }).then(function (made) {
        if (made) exported[name] = made.instance.exports;
        carnival.mark(name);
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
})(window, document);
