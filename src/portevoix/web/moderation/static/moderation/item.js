// One story: masks ticked by a click or a selection, messages filled in, one key a decision.
import { watchKeys } from "./keys.js";
import { watchMasks } from "./masks.js";
import { watchMessages } from "./messages.js";

if (document.getElementById("decision")) {
  watchMasks();
  watchMessages();
  watchKeys();
}
