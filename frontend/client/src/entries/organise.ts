/** Desks of organisers and curators; loaded beside site. */
import "../styles/attempt.css";
import "../styles/organise.css";
import "../elements/choice-order";
