/** An objection to a question, for the jury; the screen says what became of it. */
import { el, write } from "./dom";
import type { Deeds, Model, Revealed } from "./model";
import type { Part } from "./part";

const LONGEST = 500;

/** `run`: the question it is about; at the end one chooses among all that were revealed. */
export function appeal(model: Model, deeds: Deeds, run: number): Part {
  const { words } = model;
  const several = model.room.view.phase === "ended";
  const which = el("select", { class: "input", id: "live-appeal-run" });
  const choice = several && el("div", { class: "field" }, el("label", { for: which.id }, words("appeal-which")), which);
  const field = el("textarea", { class: "input", id: "live-appeal", maxlength: LONGEST, rows: 3 });
  const label = el("label", { for: field.id }, words("appeal-label"));
  const note = el("p", { class: "live-appeal__note", role: "status" });
  const send = el("button", { class: "button", type: "submit" }, words("appeal-send"));
  const about = (): number => (several ? Number(which.value) : run);
  const form = el("form", { class: "form live-appeal__form" }, choice || null, el("div", { class: "field" }, label, field), el("div", { class: "actions" }, send), note);
  const element = el("details", { class: "fold live-appeal" }, el("summary", {}, words(several ? "appeal-any" : "appeal")), form);
  // What was typed outlives the scene: the host may go on in the middle of a sentence.
  field.addEventListener("input", () => deeds.keepDraft(about(), field.value));
  const restore = (): void => {
    field.value = deeds.draft(about());
    element.open ||= field.value !== "";
  };
  which.addEventListener("change", restore);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "" || send.disabled) {
      field.focus();
      return;
    }
    send.disabled = true;
    write(note, words("sending"));
    const sent = about();
    void deeds.appeal(sent, text).then((reply) => {
      send.disabled = false;
      write(note, reply.text);
      note.dataset["state"] = reply.taken ? "taken" : "failed";
      if (reply.taken) {
        deeds.keepDraft(sent, "");
        restore();
      }
    });
  });
  const update = ({ revealed }: Model): void => {
    const known = revealed.length > 0 ? revealed : run > 0 ? [{ run, label: words("run", { run }) }] : [];
    element.hidden = several ? known.length === 0 : run === 0;
    if (several && which.options.length !== known.length) {
      which.replaceChildren(...known.map(option));
      const begun = known.filter((one) => deeds.draft(one.run) !== "");
      which.value = String((begun.at(-1) ?? known.at(-1))?.run ?? "");
      restore();
    }
  };
  restore();
  update(model);
  return { element, update };
}

function option({ run, label }: Revealed): HTMLOptionElement {
  return el("option", { value: run }, label);
}
