// ES5: Chromium 64 reads it too.
var button = document.getElementById('button');
function addOne(id) {
  var shown = document.getElementById(id);
  shown.textContent = String(Number(shown.textContent) + 1);
}
button.addEventListener('click', function () { addOne('count'); });
button.addEventListener('touchstart', function () { addOne('touches'); });
setTimeout(function () { document.body.removeChild(document.getElementById('curtain')); }, 500);
document.getElementById('break').addEventListener('click', function () {
  this.textContent = 'broken';
  console.error('an error that was written');
  throw new Error('an error that was thrown');
});
