/** The hall's screen of a live room: it stands alone, and shares no style file with the phones' pages. */
import "../styles/projector.css";
import "../styles/projector-lobby.css";
import "../styles/projector-question.css";
import "../styles/projector-answer.css";
import "../styles/projector-podium.css";
import "../elements/hall-screen";
import "../elements/hall-waiting";
