/** Pages with a board that moves; loaded beside site. */
import "../elements/live-board";
