/** The "no network" page that the service worker keeps; no web font, so that little need be kept. */
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/forms.css";
import "../styles/components.css";
import "../elements/offline-page";
