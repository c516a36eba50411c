// Shows the time left, and disables the resend button while the server would refuse it. Without scripts, the server decides.
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

const wait = document.getElementById("wise-sync-wait-until");
if (wait) {
  const time = new Date(Number(wait.dataset.until));
  const text = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).format(time);
  wait.textContent = wait.dataset.text.replace("@", text);
  wait.hidden = false;
}
