/** The attempt page: no web font, nothing that it does not use; a first visit stays under 60 KB. */
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/forms.css";
import "../styles/components.css";
import "../styles/media.css";
import "../styles/question.css";
import "../styles/attempt.css";
import "../elements/question-grid";
import "../elements/round-timer";
import "../elements/choice-order";
import "../elements/submit-dialog";
import "../elements/autosave-form";
import { keepOfflinePage } from "../offline/register";

keepOfflinePage();
