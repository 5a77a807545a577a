/* Records an examination: camera and microphone into pieces, each sent while the next is made, none lost when the line is cut. */
"use strict";
(() => {
  const root = document.querySelector("[data-recorder]");
  if (!root) return;
  const told = JSON.parse(document.getElementById("device").textContent);
  const unsent = window.gongjianUnsent;
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const RETRY = 2000;
  const TYPE = "video/webm;codecs=vp8,opus";
  const state = { recording: 0, key: "", made: 0, sent: 0, queue: [], marks: [], startedAt: 0, ended: false, pumping: false, stopped: false, isDue: 0 };

  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
  const elapsed = () => Math.round(performance.now() - state.startedAt);

  function say(text, kind = "info") {
    const place = part("said");
    place.className = `gj-notice gj-${kind}`;
    place.textContent = text;
    place.hidden = !text;
  }

  class Refused extends Error {}

  /* An answer of the server, or a Refused that carries its sentence; a line that is cut is tried again until it is there. */
  async function call(address, fields) {
    for (;;) {
      try {
        const body = fields && new FormData();
        Object.entries(fields || {}).forEach(([name, value]) => body.append(name, value));
        const headers = { Accept: "application/json", "X-CSRFToken": token() };
        const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers, credentials: "same-origin", redirect: "error" });
        if (answer.ok) { part("line").hidden = true; return await answer.json(); }
        if (answer.status < 500) {
          const problem = await answer.json().catch(() => ({}));
          throw new Refused(problem.message || "没有被接收。请重新登录后回到本页，未传完的会继续上传。");
        }
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      part("line").hidden = false;
      await pause(RETRY);
    }
  }

  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

  async function send(piece) {
    const sha256 = hex(await crypto.subtle.digest("SHA-256", piece.data));
    const fields = { piece: new Blob([piece.data]), starts: piece.starts, ends: piece.ends, sha256 };
    return call(`/recordings/${state.recording}/pieces/${piece.position}`, fields);
  }

  /* A step that is refused is said, and the film goes on. */
  async function mark(fields) {
    try {
      await call(`/recordings/${state.recording}/marks`, fields);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(error.message, "warn");
    }
  }

  function show() {
    part("sent").textContent = String(state.sent);
    part("made").textContent = String(state.made);
  }

  /* Sends what waits, one after another; asks first how far the server has come, so that nothing is left out and nothing harms twice. */
  async function pump() {
    if (state.pumping) return;
    state.pumping = true;
    try {
      while (state.queue.length || state.marks.length) {
        if (state.marks.length) {
          await mark(state.marks[0]);
          state.marks.shift();
        } else {
          const piece = state.queue[0];
          const answer = await send(piece);
          state.queue.shift();
          state.sent = answer.pieces;
          await unsent.drop(state.recording, piece.position);
        }
        show();
      }
      if (state.ended && state.sent === state.made) await finish();
    } catch (error) {
      refused(error);
    } finally {
      state.pumping = false;
    }
  }

  function refused(error) {
    if (state.recorder && state.recorder.state !== "inactive") state.recorder.stop();
    state.stopped = true;
    say(error instanceof Refused ? error.message : `录制出错：${error.name}。已收到的部分都已保存。`, "bad");
  }

  async function finish() {
    await call(`/recordings/${state.recording}/finish`, { pieces: state.made });
    await unsent.clear(state.recording);
    root.dataset.state = "finished";
    location.reload();
  }

  async function begin() {
    part("start").disabled = true;
    try {
      const wanted = { video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15 } }, audio: true };
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      const answer = await call(root.dataset.start, {});
      state.recording = answer.recording;
      state.key = answer.key;
      await navigator.locks.request(`gongjian-recording-${state.recording}`, () => { record(stream); return new Promise(() => {}); });
    } catch (error) {
      part("start").disabled = false;
      say(reason(error), "bad");
    }
  }

  function reason(error) {
    if (error instanceof Refused) return error.message;
    const words = {
      NotAllowedError: "浏览器没有允许使用摄像头和话筒。请在地址栏的权限设置中允许本页使用，再按一次。",
      NotFoundError: "没有找到摄像头或者话筒。请接好设备，再按一次。",
      NotReadableError: "摄像头或者话筒正被别的程序使用。请关闭那个程序，再按一次。",
    };
    return words[error.name] || `没有开始录制：${error.name}。`;
  }

  function record(stream) {
    const video = part("view");
    video.srcObject = stream;
    video.hidden = false;
    const recorder = new MediaRecorder(stream, { mimeType: TYPE, videoBitsPerSecond: told.video * 1000, audioBitsPerSecond: told.audio * 1000 });
    let until = 0;
    let last = Promise.resolve();
    recorder.ondataavailable = (event) => {
      if (!event.data.size) return;
      const piece = { position: state.made, starts: until, ends: Math.max(until + 1, elapsed()) };
      until = piece.ends;
      state.made += 1;
      last = last.then(() => keep(piece, event.data));
    };
    recorder.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      last = last.then(() => { state.ended = true; return pump(); });
    };
    state.recorder = recorder;
    state.startedAt = performance.now();
    recorder.start(told.piece * 1000);
    root.dataset.state = "recording";
    ["running", "steps", "stop"].forEach((name) => { part(name).hidden = false; });
    part("start").hidden = true;
    say("");
    tick();
  }

  async function keep(piece, blob) {
    piece.data = await blob.arrayBuffer();
    state.queue.push(piece);
    show();
    try {
      await unsent.put(state.recording, state.key, piece);
    } catch { say("本机没有空间暂存：网络断开时请不要关闭本页。", "warn"); }
    if (!state.stopped) pump();
  }

  function tick() {
    if (state.recorder.state === "inactive") return;
    const seconds = Math.floor(elapsed() / 1000);
    part("time").textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds >= told.minutes * 60 - told.piece) {
      say("已到一份录像的最长时间，自动结束。需要继续的，请开始新的一段。", "warn");
      state.recorder.stop();
      return;
    }
    setTimeout(tick, 500);
  }

  /* After a reload: what this device still holds of the running recording is sent, then that part is ended. Another tab that records keeps its lock. */
  async function resume() {
    const pieces = await unsent.all(told.recording, told.key);
    if (!pieces.length) return;
    say(`正在补传中断以前的${pieces.length}段，请不要关闭本页。`, "warn");
    state.recording = told.recording;
    const answer = await call(`/recordings/${told.recording}/progress`);
    state.sent = answer.pieces;
    state.queue = pieces.filter((piece) => piece.position >= answer.pieces);
    state.made = Math.max(answer.pieces, ...pieces.map((piece) => piece.position + 1));
    state.ended = true;
    await pump();
  }

  part("start")?.addEventListener("click", begin);
  part("stop")?.addEventListener("click", () => { part("stop").disabled = true; say("正在传完最后一段，请稍候。"); state.recorder.stop(); });
  root.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => {
    state.marks.push({ step: button.dataset.step, at: elapsed() });
    button.setAttribute("aria-pressed", "true");
    part("marked").textContent = `${part("time").textContent} ${button.textContent}`;
    pump();
  }));
  window.addEventListener("beforeunload", (event) => {
    if (state.recorder && root.dataset.state === "recording" && !state.stopped) event.preventDefault();
  });
  if (told.recording) {
    navigator.locks.request(`gongjian-recording-${told.recording}`, { ifAvailable: true }, (lock) => (lock ? resume() : undefined));
  }
})();
