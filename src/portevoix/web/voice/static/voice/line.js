// The line to the server: frames go, messages come. When the network drops, it opens again and
// sends anew the frames whose sentence was not written: nothing said is lost. Those frames are in
// memory alone, at most forty seconds, and are overwritten as soon as the server says « heard ».

const KEPT = 400;
// The server begins a sentence a little before it was sure of a voice.
const MARGIN = 6;
const WAITS = [300, 1000, 2000, 4000, 8000];
const GONE = 1013;

export class Line {
  // `told(message)`: each message; `changed(state)`: "open", "lost", "ended".
  constructor(address, { told, changed }) {
    this.address = address;
    this.told = told;
    this.changed = changed;
    this.kept = [];
    this.ready = false;
    this.over = false;
    this.tries = 0;
    this.epoch = -1;
    this.connect();
  }

  connect() {
    this.epoch += 1;
    this.sent = 0;
    this.first = 0;
    this.socket = new WebSocket(this.address);
    this.socket.binaryType = "arraybuffer";
    this.socket.onmessage = ({ data }) => this.take(JSON.parse(data));
    this.socket.onclose = (event) => this.closed(event);
  }

  take(message) {
    if (message.type === "ready") {
      this.ready = true;
      this.tries = 0;
      this.changed("open");
      this.flush();
      for (const order of this.orders ?? []) this.socket.send(order);
      this.orders = [];
    } else if (message.type === "heard") {
      this.forget(message.frames - MARGIN);
    } else {
      if (message.type === "stop" || message.permanent) this.over = true;
      this.told({ ...message, epoch: this.epoch });
    }
  }

  send(frame) {
    if (this.over) return;
    this.kept.push(frame);
    if (this.kept.length > KEPT) {
      wipe(this.kept.shift());
      this.first += 1;
    }
    this.flush();
  }

  flush() {
    if (!this.ready) return;
    // `first` is the number, in this connection, of the oldest frame that is kept.
    while (this.sent < this.first + this.kept.length) {
      this.socket.send(this.kept[Math.max(0, this.sent - this.first)]);
      this.sent += 1;
    }
  }

  forget(frames) {
    while (this.first < frames && this.kept.length) {
      wipe(this.kept.shift());
      this.first += 1;
    }
  }

  order(type) {
    const order = JSON.stringify({ type });
    if (this.ready) this.socket.send(order);
    else this.orders = [...(this.orders ?? []), order];
  }

  closed(event) {
    this.ready = false;
    if (this.over || event.code === GONE || this.tries >= WAITS.length) {
      this.end();
      return;
    }
    this.changed("lost");
    this.timer = setTimeout(() => this.connect(), WAITS[this.tries]);
    this.tries += 1;
  }

  end() {
    this.over = true;
    clearTimeout(this.timer);
    this.kept.forEach(wipe);
    this.kept = [];
    this.socket.onclose = null;
    this.socket.close();
    this.changed("ended");
  }
}

function wipe(frame) {
  new Uint8Array(frame).fill(0);
}
