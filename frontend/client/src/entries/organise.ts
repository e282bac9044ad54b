/** Desks of organisers and curators; loaded beside site. */
import "../styles/question.css";
import "../styles/organise.css";
import "../styles/charts.css";
import "../styles/poster.css";
import "../styles/live-after.css";
import "../styles/live-plan.css";
import "../elements/choice-order";
import "../elements/live-parts";
import "../elements/print-page";
