// In the audio thread: whatever the rate of the device, frames of 100 ms at 16 kHz, 16 bits.
// What has been sent is overwritten; nothing is kept.

const RATE = 16000;
const FRAME = 1600;
const TAPS = 63;

// A low-pass at 7.2 kHz (windowed sinc), so that what is above does not fold into the speech.
function lowPass(rate) {
  const cut = 7200 / rate;
  const middle = (TAPS - 1) / 2;
  const taps = Float32Array.from({ length: TAPS }, (_, i) => {
    const x = i - middle;
    const sinc = x === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * x) / (Math.PI * x);
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (TAPS - 1)));
  });
  const sum = taps.reduce((a, b) => a + b, 0);
  return taps.map((tap) => tap / sum);
}

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.ratio = sampleRate / RATE;
    this.taps = this.ratio > 1 ? lowPass(sampleRate) : Float32Array.of(1);
    this.recent = new Float32Array(this.taps.length);
    this.place = 0;
    this.previous = 0;
    this.until = 0;
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
    this.recent[this.place] = sample;
    this.place = (this.place + 1) % this.recent.length;
    let value = 0;
    for (let i = 0; i < this.taps.length; i += 1) {
      value += this.taps[i] * this.recent[(this.place + i) % this.recent.length];
    }
    // Samples at 16 kHz fall between those of the device: on the line that joins them.
    while (this.until < 1) {
      this.keep(this.previous + (value - this.previous) * this.until);
      this.until += this.ratio;
    }
    this.until -= 1;
    this.previous = value;
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
