/* Several browsers see and hear each other without a server between: who is there is asked once a second, words to connect go the same way. */
"use strict";
(() => {
  const root = document.querySelector("[data-room]");
  if (!root) return;
  const told = JSON.parse(document.getElementById("told").textContent);
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const SECOND = 1000;
  const peers = new Map();
  const state = { seat: 0, session: "", after: 0, stream: null, measure: null, small: false };

  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

  async function post(what, fields = {}) {
    const body = new FormData();
    Object.entries(fields).forEach(([name, value]) => body.append(name, value));
    const headers = { Accept: "application/json", "X-CSRFToken": token() };
    const answer = await fetch(`${root.dataset.room}${what}`, { method: "POST", body, headers, credentials: "same-origin" });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.message || "没有办成，请刷新本页。");
    return told;
  }

  function say(text, kind = "info") {
    part("said").className = `gj-notice gj-${kind}`;
    part("said").textContent = text;
    part("said").hidden = !text;
  }

  /* One connection for each other seat and each of its enterings. The lower seat offers, the other answers. */
  function peerOf(seat) {
    const known = peers.get(seat.id);
    if (known && known.session === seat.session) return known;
    if (known) drop(seat.id);
    const line = new RTCPeerConnection({ iceServers: told.ice, iceTransportPolicy: told.relay ? "relay" : "all" });
    const peer = { session: seat.session, line, video: picture(seat), before: null };
    peers.set(seat.id, peer);
    state.stream.getTracks().forEach((track) => line.addTrack(track, state.stream));
    line.ontrack = (event) => { peer.video.querySelector("video").srcObject = event.streams[0]; };
    line.onconnectionstatechange = () => {
      peer.video.dataset.line = line.connectionState;
      if (line.connectionState === "failed") drop(seat.id);
    };
    if (state.seat < seat.id) offer(seat.id, peer).catch(() => drop(seat.id));
    return peer;
  }

  function picture(seat) {
    const figure = document.createElement("figure");
    figure.className = "rm-seat";
    const video = figure.appendChild(document.createElement("video"));
    video.autoplay = true;
    video.playsInline = true;
    video.setAttribute("aria-label", `${seat.label}的画面`);
    figure.appendChild(document.createElement("figcaption")).textContent = seat.label;
    part("pictures").appendChild(figure);
    return figure;
  }

  function drop(id) {
    const peer = peers.get(id);
    if (!peer) return;
    peer.line.close();
    peer.video.remove();
    peers.delete(id);
  }

  /* The whole description at once: a polled line carries few words. */
  async function described(line) {
    const until = Date.now() + 2 * SECOND;
    while (line.iceGatheringState !== "complete" && Date.now() < until) await pause(50);
    return line.localDescription.sdp;
  }

  async function offer(id, peer) {
    await peer.line.setLocalDescription(await peer.line.createOffer());
    await post("say", { to: id, kind: "offer", body: await described(peer.line) });
  }

  async function heard(word, seats) {
    const seat = seats.find((one) => one.id === word.from);
    if (!seat || seat.session !== word.session) return;
    const peer = peerOf(seat);
    await peer.line.setRemoteDescription({ type: word.kind, sdp: word.body });
    if (word.kind !== "offer") return;
    await peer.line.setLocalDescription(await peer.line.createAnswer());
    await post("say", { to: seat.id, kind: "answer", body: await described(peer.line) });
  }

  /* The worst of all lines, over the time since it was measured before. */
  async function measure() {
    const found = (await Promise.all([...peers.values()].map(measureLine))).filter(Boolean);
    if (!found.length) return;
    state.measure = {
      kbps: Math.min(...found.map((one) => one.kbps)), loss: Math.max(...found.map((one) => one.loss)),
      delay: Math.max(...found.map((one) => one.delay)), lines: Math.min(...found.map((one) => one.lines)),
    };
  }

  async function measureLine(peer) {
    const now = { at: performance.now(), bytes: 0, lost: 0, got: 0, lines: 0, delay: 0 };
    (await peer.line.getStats()).forEach((report) => {
      if (report.type === "inbound-rtp") {
        now.bytes += report.bytesReceived || 0;
        now.lost += Math.max(0, report.packetsLost || 0);
        now.got += report.packetsReceived || 0;
        now.lines = Math.max(now.lines, report.frameHeight || 0);
      }
      if (report.type === "candidate-pair" && report.nominated && report.currentRoundTripTime) now.delay = report.currentRoundTripTime * SECOND;
    });
    const before = peer.before;
    if (!before) { peer.before = now; return null; }
    if (now.at - before.at < 3 * SECOND) return peer.last || null;
    const lost = now.lost - before.lost;
    const all = lost + now.got - before.got;
    peer.before = now;
    peer.last = {
      kbps: Math.round((now.bytes - before.bytes) * 8 / (now.at - before.at)), loss: all > 0 ? Math.round(100 * Math.max(0, lost) / all) : 100,
      delay: Math.round(now.delay), lines: now.lines,
    };
    return peer.last;
  }

  /* A poor line gets a smaller picture, so that the voice comes through; a good one gets it back. */
  async function fit(seats) {
    const small = seats.some((seat) => seat.here && (seat.verdict === "fair" || seat.verdict === "bad"));
    if (small === state.small) return;
    state.small = small;
    const senders = [...peers.values()].flatMap((peer) => peer.line.getSenders()).filter((one) => one.track && one.track.kind === "video");
    await Promise.all(senders.map((sender) => {
      const wanted = sender.getParameters();
      wanted.encodings.forEach((encoding) => { encoding.maxBitrate = small ? 200000 : 1200000; });
      return sender.setParameters(wanted).catch(() => undefined);
    }));
  }

  function show(answer) {
    part("state").textContent = answer.label;
    part("waiting").hidden = answer.admitted;
    part("lacks").replaceChildren(...answer.lacks.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    part("people").replaceChildren(...answer.seats.map((seat) => person(seat)));
    if (part("begin")) part("begin").disabled = answer.lacks.length > 0 || answer.state !== "waiting";
    if (part("identify")) part("identify").hidden = answer.identified;
    root.dataset.state = answer.state;
  }

  function person(seat) {
    const row = document.createElement("li");
    row.dataset.verdict = seat.verdict;
    row.textContent = `${seat.label}：${seat.here ? seat.words : "不在会场"}`;
    if (!seat.admitted && root.dataset.keeps) {
      const button = row.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "btn btn-outline-primary";
      button.textContent = `请${seat.label}进入`;
      button.addEventListener("click", () => press("admit", { seat: seat.id }));
    }
    return row;
  }

  async function press(what, fields) {
    try { await post(what, fields); say(""); } catch (error) { say(error.message, "bad"); }
  }

  async function turn() {
    await measure();
    const answer = await post("poll", { after: state.after, ...(state.measure || {}) });
    show(answer);
    if (!["waiting", "sitting"].includes(answer.state)) { [...peers.keys()].forEach(drop); return false; }
    const others = answer.seats.filter((seat) => seat.id !== state.seat && seat.here && seat.admitted);
    [...peers.keys()].filter((id) => !others.some((seat) => seat.id === id)).forEach(drop);
    if (answer.admitted) others.forEach(peerOf);
    for (const word of answer.signals) { state.after = word.id; await heard(word, others).catch(() => drop(word.from)); }
    await fit(others);
    return true;
  }

  async function enter() {
    part("enter").disabled = true;
    try {
      const wanted = { video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 20 } }, audio: { echoCancellation: true } };
      state.stream = await navigator.mediaDevices.getUserMedia(wanted);
      part("own").srcObject = state.stream;
      Object.assign(state, await post("enter"));
    } catch (error) {
      part("enter").disabled = false;
      say(error.name === "NotAllowedError" ? "浏览器没有允许使用摄像头和话筒。请允许后再按一次。" : error.message, "bad");
      return;
    }
    part("enter").hidden = true;
    part("inside").hidden = false;
    for (let goesOn = true; goesOn; await pause(SECOND)) {
      try { goesOn = await turn(); part("line").hidden = true; } catch { part("line").hidden = false; }
    }
  }

  part("enter").addEventListener("click", enter);
  ["begin", "identify"].forEach((name) => part(name)?.addEventListener("click", () => press(name)));
})();
