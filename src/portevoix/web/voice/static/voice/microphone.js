// The microphone of the device, opened for one dictation and let go at its end.

export const possible = Boolean(
  navigator.mediaDevices?.getUserMedia && window.AudioWorkletNode && window.WebSocket,
);

export class Microphone {
  // `heard(frame, level)`: an ArrayBuffer of 100 ms and how loud it is, 0 to 1.
  static async open(capture, heard) {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    try {
      return await new Microphone(stream).listen(capture, heard);
    } catch (error) {
      stream.getTracks().forEach((track) => track.stop());
      throw error;
    }
  }

  constructor(stream) {
    this.stream = stream;
    this.context = new AudioContext();
    this.lost = null;
  }

  async listen(capture, heard) {
    await this.context.audioWorklet.addModule(capture);
    await this.context.resume();
    this.node = new AudioWorkletNode(this.context, "porte-voix-capture", { numberOfOutputs: 0 });
    this.node.port.onmessage = ({ data }) => heard(data.frame, loudness(data.level));
    this.context.createMediaStreamSource(this.stream).connect(this.node);
    // A headset that is unplugged, a permission that is taken back.
    this.stream.getAudioTracks()[0].addEventListener("ended", () => this.lost?.());
    return this;
  }

  close() {
    this.lost = null;
    this.node?.port.postMessage("close");
    this.node?.disconnect();
    this.stream.getTracks().forEach((track) => track.stop());
    this.context.close();
  }
}

// From -60 dB (a quiet room) to -10 dB (a voice close by).
function loudness(level) {
  const decibels = 20 * Math.log10(level + 1e-6);
  return Math.max(0, Math.min(1, (decibels + 60) / 50));
}
