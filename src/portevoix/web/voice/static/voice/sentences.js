// Dictated sentences in a field that the person goes on editing: each is written where the cursor
// was, found again to be changed or taken back, and left alone once the person has rewritten it.

export class Sentences {
  constructor(field) {
    this.field = field;
    this.known = new Map();
    this.order = [];
    this.cursor = null;
  }

  // Dictation begins where the cursor is: what is selected is not replaced.
  begin() {
    this.cursor = this.field.selectionEnd ?? this.field.value.length;
  }

  // `key` names a sentence; a later text for the same key replaces the earlier one.
  write(key, before, text) {
    const place = this.find(key);
    // The person rewrote it: it is theirs.
    if (!place && this.known.has(key)) return;
    const end = this.field.value.length;
    const at = place ? place.start : Math.min(this.cursor ?? end, end);
    const written = text ? this.spaced(at, before, text) : "";
    if (place) {
      this.replace(at, place.end, written);
    } else if (text) {
      this.replace(at, at, written + this.gap(at));
      this.order.push(key);
    }
    this.known.set(key, written);
    if (!text) this.order = this.order.filter((other) => other !== key);
  }

  undo() {
    const key = this.order.pop();
    const place = key === undefined ? null : this.find(key);
    if (!place) return false;
    this.replace(place.start, place.end, "");
    this.known.set(key, "");
    return true;
  }

  get written() {
    return this.order.length > 0;
  }

  find(key) {
    const text = this.known.get(key);
    if (!text) return null;
    // The latest place: sentences are written forward, and two may say the same.
    const start = this.field.value.lastIndexOf(text);
    return start < 0 ? null : { start, end: start + text.length };
  }

  spaced(at, before, text) {
    const previous = this.field.value.slice(0, at);
    if (previous === "" || before === "") return text;
    if (before.includes("\n")) return before + text;
    return /\s$/.test(previous) ? text : ` ${text}`;
  }

  gap(at) {
    return /^[^\s.,;:!?…)»]/.test(this.field.value.slice(at)) ? " " : "";
  }

  replace(start, end, text) {
    const field = this.field;
    const { selectionStart, selectionEnd, scrollTop } = field;
    const grown = text.length - (end - start);
    field.setRangeText(text, start, end, "preserve");
    this.cursor = this.cursor === null || this.cursor < start ? this.cursor : start + text.length;
    if (document.activeElement === field && selectionStart > end) {
      field.setSelectionRange(selectionStart + grown, selectionEnd + grown);
    }
    field.scrollTop = scrollTop;
    // Who saves drafts, counts or advises reads it as typing.
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
