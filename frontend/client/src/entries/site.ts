/** Every ordinary page: the styles with the heading font, and the small enhancers. */
import "../styles/fonts.css";
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/forms.css";
import "../styles/components.css";
import "../styles/board.css";
import "../styles/calendar.css";
import "../styles/media.css";
import "../styles/result.css";
import "../styles/print.css";
import "../elements/confirm-button";
import "../elements/copy-link";
import "../elements/pin-field";
import "../elements/unit-picker";
import { forgetFinished } from "../attempt/finished";
import { keepOfflinePage } from "../offline/register";

keepOfflinePage();
void forgetFinished();
