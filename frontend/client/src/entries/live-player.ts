/** The phone in a live room: no web font, nothing that it does not use; under 120 KB with the page. */
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/forms.css";
import "../styles/components.css";
import "../styles/question.css";
import "../styles/media.css";
import "../styles/live-options.css";
import "../styles/live.css";
import "../elements/choice-order";
import "../elements/live-player";
