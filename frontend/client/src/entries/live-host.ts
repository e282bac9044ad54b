/** The operator's screen of a live round; loaded beside site. */
import "../styles/live-host.css";
import "../styles/organise.css";
import "../elements/live-host";
