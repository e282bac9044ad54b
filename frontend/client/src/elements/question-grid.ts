/**
 * <question-grid> around the numbers: shows answered, unanswered, marked and the question in sight.
 * Inside: a.numbers__link[data-no][href="#cau-3"]. Words: data-msg-answered, -unanswered, -marked, data-msg-place
 * ("Câu {position}/{total}"), data-msg-count. Writes the place into [data-place], the count into [data-count].
 */
import { questionsOf } from "../attempt/answers";
import { define } from "../shared/define";
import { message } from "../shared/messages";

class QuestionGrid extends HTMLElement {
  private blank = new Set<string>();
  private marked = new Set<string>();

  connectedCallback(): void {
    const form = this.closest("autosave-form");
    for (const no of this.readMarks()) {
      this.marked.add(no);
    }
    form?.addEventListener("attempt:answers", (event) => {
      this.blank = new Set((event as CustomEvent<{ blank: string[] }>).detail.blank);
      this.draw();
    });
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-mark]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.toggle(button.dataset["mark"] ?? ""));
    }
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-clear]")) {
      button.addEventListener("click", () => clearChoice(button));
    }
    this.watch();
  }

  private get links(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>("[data-no]")];
  }

  private toggle(no: string): void {
    if (!this.marked.delete(no)) {
      this.marked.add(no);
    }
    try {
      sessionStorage.setItem(this.key, JSON.stringify([...this.marked]));
    } catch {
      // a mark is a convenience: without storage it lasts as long as the page
    }
    this.draw();
  }

  private readMarks(): string[] {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "[]") as string[];
    } catch {
      return [];
    }
  }

  private get key(): string {
    return `marks:${this.closest<HTMLElement>("autosave-form")?.dataset["attempt"] ?? ""}`;
  }

  private draw(): void {
    for (const link of this.links) {
      const no = link.dataset["no"] ?? "";
      const answered = !this.blank.has(no);
      const marked = this.marked.has(no);
      link.toggleAttribute("data-answered", answered);
      link.toggleAttribute("data-marked", marked);
      const words = [message(this, answered ? "answered" : "unanswered"), marked ? message(this, "marked") : ""];
      link.setAttribute("aria-label", [link.dataset["label"], ...words].filter(Boolean).join(", "));
    }
    for (const question of questionsOf(document)) {
      const marked = this.marked.has(question.no);
      question.element.toggleAttribute("data-marked", marked);
      question.element.querySelector("[data-mark]")?.setAttribute("aria-pressed", String(marked));
      const clear = question.element.querySelector<HTMLElement>("[data-clear]");
      clear?.toggleAttribute("hidden", this.blank.has(question.no));
    }
    const count = this.links.length - this.blank.size;
    for (const place of document.querySelectorAll("[data-count]")) {
      place.textContent = message(this, "count", { count, total: this.links.length });
    }
  }

  /** The question nearest to the top of what is seen is the current one. */
  private watch(): void {
    const questions = questionsOf(document);
    if (!("IntersectionObserver" in window) || questions.length === 0) {
      return;
    }
    const seen = new Set<Element>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) {
            seen.add(entry.target);
          } else {
            seen.delete(entry.target);
          }
        }
        const current = questions.find((question) => seen.has(question.element));
        if (current !== undefined) {
          this.showPlace(current.no, current.position, questions.length);
        }
      },
      { rootMargin: "-72px 0px -45% 0px" },
    );
    for (const question of questions) {
      observer.observe(question.element);
    }
  }

  private showPlace(no: string, position: number, total: number): void {
    for (const link of this.links) {
      if (link.dataset["no"] === no) {
        link.setAttribute("aria-current", "true");
      } else {
        link.removeAttribute("aria-current");
      }
    }
    const place = document.querySelector("[data-place]");
    if (place) {
      place.textContent = message(this, "place", { position, total });
    }
  }
}

/** A radio button cannot be unticked by hand; this is how one takes an answer back. */
function clearChoice(button: HTMLElement): void {
  const question = button.closest("[data-question]");
  for (const field of question?.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select") ?? []) {
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      field.checked = false;
    } else {
      field.value = "";
    }
  }
  question?.dispatchEvent(new CustomEvent("answer:restored", { bubbles: true }));
  question?.querySelector("input, select")?.dispatchEvent(new Event("input", { bubbles: true }));
}

define("question-grid", QuestionGrid);
