// In the audio thread: whatever the rate of the device, frames of 100 ms at 16 kHz, 16 bits.
// What has been sent is overwritten; nothing is kept.

const RATE = 16000;
const FRAME = 1600;
// Everything a recogniser reads (to 7.6 kHz) passes whole; what is above 8 kHz does not fold back.
const CUT = 7750;
// How far a sample at 16 kHz is heard on each side: 3 ms.
const REACH = 48;

// Samples at 16 kHz fall between those of the device, always at the same few places: for each
// place, the weights of its neighbours (a windowed sinc).
function resampler(rate) {
  const places = RATE / common(rate, RATE);
  const reach = Math.ceil((REACH * Math.max(rate, RATE)) / RATE);
  const cut = Math.min(CUT, 0.485 * rate) / rate;
  return Array.from({ length: places }, (_, place) => {
    const weights = Float32Array.from({ length: 2 * reach }, (_, i) =>
      weight(i + 1 - reach - place / places, cut, reach),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((value) => value / sum);
  });
}

function weight(x, cut, reach) {
  const sinc = x === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * x) / (Math.PI * x);
  return sinc * (0.54 + 0.46 * Math.cos((Math.PI * x) / reach));
}

function common(a, b) {
  return b ? common(b, a % b) : a;
}

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.weights = resampler(sampleRate);
    this.length = this.weights[0].length;
    // Twice side by side: the last `length` samples are always in one piece.
    this.recent = new Float32Array(2 * this.length);
    this.next = 0;
    // Samples of the device to hear before the next one at 16 kHz, in steps of 1/places.
    this.until = 0;
    this.step = (sampleRate * this.weights.length) / RATE;
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
    this.energy = 0;
    this.open = true;
    this.port.onmessage = () => this.close();
  }

  close() {
    this.open = false;
    this.recent.fill(0);
    this.frame.fill(0);
  }

  process([input]) {
    const sound = input[0];
    if (this.open && sound) {
      for (const sample of sound) this.hear(sample);
    }
    return this.open;
  }

  hear(sample) {
    this.recent[this.next] = this.recent[this.next + this.length] = sample;
    this.next = (this.next + 1) % this.length;
    const places = this.weights.length;
    while (this.until < places) {
      this.keep(this.between(this.weights[this.until]));
      this.until += this.step;
    }
    this.until -= places;
  }

  between(weights) {
    const { recent, next } = this;
    let value = 0;
    for (let i = 0; i < weights.length; i += 1) value += weights[i] * recent[next + i];
    return value;
  }

  keep(value) {
    const held = Math.max(-1, Math.min(1, value));
    this.energy += held * held;
    this.frame[this.filled] = Math.round(held * 32767);
    this.filled += 1;
    if (this.filled < FRAME) return;
    const level = Math.sqrt(this.energy / FRAME);
    const frame = this.frame;
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
    this.energy = 0;
    this.port.postMessage({ frame: frame.buffer, level }, [frame.buffer]);
  }
}

registerProcessor("porte-voix-capture", Capture);
