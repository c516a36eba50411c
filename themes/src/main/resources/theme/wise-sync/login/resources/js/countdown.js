// Shows the time left, and holds the resend button back for as long as the server would refuse it. Without scripts both
// still work: the server decides.
const loadedAt = Date.now();

const secondsLeft = (element) =>
  Math.max(0, Number(element.dataset.seconds) - Math.floor((Date.now() - loadedAt) / 1000));

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

const left = document.getElementById("wise-sync-code-left");
const resend = document.getElementById("wise-sync-code-resend");
const resendText = resend?.textContent ?? "";

function tick() {
  if (left) {
    const seconds = secondsLeft(left);
    left.textContent = seconds > 0 ? left.dataset.text.replace("@", clock(seconds)) : left.dataset.over;
  }
  if (resend) {
    const seconds = secondsLeft(resend);
    resend.disabled = seconds > 0;
    resend.textContent = seconds > 0 ? resend.dataset.text.replace("@", clock(seconds)) : resendText;
  }
}

tick();
setInterval(tick, 500);

// Of a double click the second answer is the one shown, and it has nothing to say.
document.getElementById("wise-sync-code-form")?.addEventListener("submit", (event) => {
  if (left.dataset.sent) {
    event.preventDefault();
  }
  left.dataset.sent = "true";
});
addEventListener("pageshow", () => delete left?.dataset.sent);
