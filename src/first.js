/* What must be there with the first byte: inline in the head, in ES5, because it is the one script that an engine of any age
   gets to see. It gives the frame its page and its language, keeps taps that come too early, sends a vote that needs no
   module, and says so when the page can't run. It knows nothing of the campaign; src/boot.js fetches the page. */
(function (window, document) {
  'use strict';

  /* Longer than a slow 3G takes for module and glue; the download goes on while the page says that it is slow. */
  var SLOW_MS = 20000;
  /* A tap is replayed once its button is there and takes taps; after that long its meaning has faded. */
  var REPLAY_MS = 8000;
  var REPLAY_STEP_MS = 50;

  /* The build defines MODULES and IS_SPLIT, as in src/boot.js. The files of the page's module that each page begins with, after the
     first; all others begin with all. */
  var BEGINNINGS = { rush: ['rush'], stars: ['rest', 'board'] };
  var ALL = ['rush', 'rest', 'board', 'later'];

  var root = document.documentElement;
  var over = false;
  var carnival = (window.__carnival = {
    /* The address as it was opened, before any routing: signatures and visits depend on it. */
    landing: location.href.split('#')[0],
    /* Taps kept for the page: { id, at }, each id once. */
    taps: [],
    /* Votes that were sent before the page was there: a star's id, and the key under which the page sends it once more. */
    votes: {},
    /* The files that this page begins with. */
    parts: [],
    /* Milliseconds since navigation, for measurements. */
    marks: {},
    mark: mark,
    /* The document calls this behind the frame. */
    frame: frame,
    /* The language to speak, given whether one may have been chosen. */
    language: language,
    /* The page calls this when it is mounted. */
    ready: ready,
    /* Says what is wrong and how to go on: 'engine', 'network', 'crash' or 'slow'. */
    rescue: rescue
  });

  mark('boot');
  /* Reading the storage is a hundredth of the time to the first paint. Of whom the server has never seen it is read behind that, in
     case that only the cookie is gone. */
  root.lang = language(root.getAttribute('data-new') === null);
  /* The server says which page a share link leads to. */
  if (!root.getAttribute('data-page')) root.setAttribute('data-page', pageOf(location.pathname));
  carnival.parts = BEGINNINGS[root.getAttribute('data-page')] || ALL;
  /* The board's rows are a third of the work for the first paint, and what stands above them need not wait for that: src/boot.js
     has them shown with the second frame. A page that nobody sees has no frames. */
  if (root.getAttribute('data-page') === 'stars' && window.requestAnimationFrame && !document.hidden) {
    root.setAttribute('data-first', '');
  }
  if (IS_SPLIT && typeof WebAssembly === 'object') preload();
  document.addEventListener('click', keep, true);
  window.addEventListener('error', onCrash);
  window.addEventListener('unhandledrejection', onCrash);
  var slow = setTimeout(function () { rescue('slow'); }, SLOW_MS);

  function now() {
    return window.performance && performance.now ? performance.now() : 0;
  }

  /* The longest of the module's files is on its way while the rest of the document is read and painted; src/boot.js asks for it
     then, and for the others, each of which would have the frame painted a millisecond or two later. */
  function preload() {
    var element = document.createElement('link');
    element.rel = 'preload';
    element.setAttribute('as', 'fetch');
    element.crossOrigin = 'anonymous';
    element.href = '/carnival-page-' + MODULES.page + '.wasm';
    document.head.appendChild(element);
  }

  function mark(name) {
    carnival.marks[name] = now();
  }

  /* What was chosen before, else the browser's language: Chinese, or English for everybody else. */
  function language(mayBeChosen) {
    var chosen;
    try {
      chosen = mayBeChosen && localStorage.getItem('carnival.language');
    } catch (error) { /* Storage may be forbidden; then nothing was chosen. */ }
    return chosen || (/^zh|^$/i.test(navigator.language || '') ? 'zh-CN' : 'en');
  }

  /* Which part of the static frame to show. */
  function pageOf(path) {
    var match = /^\/(stars|coupons|goods|mine|rules)(?:\/(.?)|$)/.exec(path);
    return !match ? 'rush' : match[1] === 'stars' && match[2] ? 'star' : match[1];
  }

  /* The shopper's language, before the frame is painted. */
  function frame() {
    if (root.lang !== 'en') return;
    var translated = document.querySelectorAll('[data-en]');
    for (var i = 0; i < translated.length; i++) translated[i].textContent = translated[i].getAttribute('data-en');
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
    if (element.getAttribute('data-state') === 'ready' && element.getAttribute('data-star')) vote(element);
  }

  /* A vote needs no module: it is sent, and counted in its row as the page would. The page, once it is there, sends it again
     under the same key, which counts once, and says what became of it. */
  function vote(element) {
    if (!window.fetch || !window.crypto || !crypto.getRandomValues) return;
    var star = element.getAttribute('data-star');
    var key = '';
    var random = crypto.getRandomValues(new Uint8Array(16));
    for (var i = 0; i < random.length; i++) key += (random[i] + 256).toString(16).slice(1);
    carnival.votes[star] = key;
    element.classList.remove('is-pressed');
    count(element, 1, 'voted', 'data-voted');
    /* The row is painted first. */
    setTimeout(function () { send(element, star, key); });
  }

  function send(element, star, key) {
    var request = { method: 'POST', credentials: 'same-origin', headers: { 'Idempotency-Key': key } };
    fetch('/api/v1/stars/' + star + '/votes', request).then(function (response) {
      /* Anything else may pass, and the page tries again. */
      if (response.status >= 400 && response.status < 500 && response.status !== 429 && response.status !== 408) {
        count(element, -1, 'ready', 'data-vote');
      }
    }, function () {});
  }

  /* A row with so many votes more, and its button's other words, which stand in an attribute in both languages. */
  function count(button, more, state, words) {
    var votes = button.parentNode.querySelector('.star-row__votes');
    var sum = Number(votes.textContent.replace(/,/g, '')) + more;
    votes.textContent = String(sum).replace(/\B(?=(\d{3})+$)/g, ',');
    button.setAttribute('data-state', state);
    button.textContent = button.getAttribute(words).split('|')[root.lang === 'en' ? 1 : 0];
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

  /* The page has no way on from a trap of its module: better said than a page that no longer answers. Chat apps inject
     scripts of their own, whose errors are none of ours. */
  function onCrash(event) {
    var error = event.error || event.reason;
    if (typeof WebAssembly !== 'object' || !WebAssembly.RuntimeError || !(error instanceof WebAssembly.RuntimeError)) return;
    over = false;
    rescue('crash');
    over = true;
  }

  /* The body may not have been parsed yet. */
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
