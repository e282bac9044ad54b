/** The host's phone as a remote of a live round; loaded beside site. */
import "../styles/live-host.css";
import "../elements/live-remote";
